package io.leeway.policy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.PolicyFile;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompiledAheadTest {
    private static final List<Path> SHIPPED = List.of(Path.of("decision-tables"), Path.of("rules"));
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void theSameFilesAreTakenOnceUnderTheNameOfTheVersion() throws Exception {
        List<PolicyFile> files = PolicyDirectory.read(SHIPPED);
        CompiledAhead.begin(SHIPPED, TODAY);
        var ahead = CompiledAhead.take("2026-11-22.1", files, TODAY);
        assertThat(ahead).isNotNull();
        assertThat(ahead.policy().version()).isEqualTo("2026-11-22.1");
        var compiled = PolicyLoader.load("2026-11-22.1", files, TODAY);
        assertThat(ahead.policy().digest()).isEqualTo(compiled.policy().digest());
        assertThat(ahead.findings()).isEqualTo(compiled.findings());
        assertThat(CompiledAhead.take("2026-11-22.1", files, TODAY)).isNull();
    }

    @Test
    void otherFilesOrAnotherDayAreCompiledAnew() throws Exception {
        List<PolicyFile> files = PolicyDirectory.read(SHIPPED);
        CompiledAhead.begin(SHIPPED, TODAY);
        assertThat(CompiledAhead.take("v", files.subList(1, files.size()), TODAY))
                .isNull();
        CompiledAhead.begin(SHIPPED, TODAY);
        assertThat(CompiledAhead.take("v", files, TODAY.plusDays(1))).isNull();
    }

    @Test
    void aDirectoryThatCannotBeReadIsNoneOfItsBusiness() throws Exception {
        CompiledAhead.begin(List.of(Path.of("no-such-directory")), TODAY);
        assertThat(PolicyLoader.load("v", PolicyDirectory.read(SHIPPED), TODAY).policy())
                .isNotNull();
    }
}
