package io.leeway.policy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import io.leeway.policy.PolicyFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an upload makes of the active version, and which uploads make nothing. */
class UploadTest {
    private static final List<PolicyFile> BASE = List.of(file("a.csv", "a"), file("b.xlsx", "b"), file("g.drl", "g"));

    @Test
    void laysFilesOverThoseOfTheSameNameAndInheritsTheRest() {
        Upload upload = new Upload(List.of(file("b.xlsx", "new"), file("c.csv", "c")), List.of("a.csv"));

        assertThat(upload.onTopOf(BASE, false))
                .extracting(PolicyFile::name, it -> new String(it.bytes(), StandardCharsets.UTF_8))
                .containsExactly(tuple("b.xlsx", "new"), tuple("c.csv", "c"), tuple("g.drl", "g"));
    }

    @ParameterizedTest(name = "{0}, without {1}")
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "-          | -     | /file     | is missing: send at least one file, or `remove`",
                "a.csv=a    | -     | /file     | changes nothing: the active version has exactly these files",
                "c.ods=c    | -     | /file/0   | `c.ods` is no .xlsx, .csv or .drl file",
                "h.drl=h    | -     | /file/0   | `h.drl` is code: DRL comes from the installation's directory, unless its operator sets LEEWAY_POLICY_DRL_UPLOAD",
                "-          | g.drl | /remove/0 | DRL is changed in the installation's directory only",
                "-          | z.csv | /remove/0 | the active version has no file of that name",
                "a.csv=new  | a.csv | /file/0   | `a.csv` is also to be removed",
                "../a.csv=x | -     | /file/0   | has a name that is not 1 to 120 letters, digits, blanks or any of `._()+,@-`, first a letter or digit",
                ".a.csv=x   | -     | /file/0   | has a name that is not 1 to 120 letters, digits, blanks or any of `._()+,@-`, first a letter or digit",
            })
    void refusesWhatIsNoChangeOfAPolicy(String added, String removed, String pointer, String message) {
        List<PolicyFile> files = added == null ? List.of() : List.of(file(added.split("=")[0], added.split("=")[1]));

        assertThat(violations(new Upload(files, removed == null ? List.of() : List.of(removed))))
                .containsExactly(new Violation(pointer, message));
    }

    @Test
    void refusesAFileThatIsThereTwiceAndTooManyFiles() {
        assertThat(violations(new Upload(List.of(file("c.csv", "1"), file("c.csv", "2")), List.of())))
                .containsExactly(new Violation("/file/1", "`c.csv` is there twice"));
        List<PolicyFile> many = new ArrayList<>();
        IntStream.range(0, Upload.MOST_FILES).forEach(i -> many.add(file("f" + i + ".csv", "x")));
        assertThat(violations(new Upload(many, List.of())))
                .containsExactly(new Violation("/file", "makes a version of 103 files, at most 100 are allowed"));
    }

    @Test
    void takesDrlWhereTheOperatorAllowsIt() {
        Upload upload = new Upload(List.of(file("h.drl", "h")), List.of("g.drl"));

        assertThat(upload.onTopOf(BASE, true)).extracting(PolicyFile::name).containsExactly("a.csv", "b.xlsx", "h.drl");
    }

    private static List<Violation> violations(Upload upload) {
        List<Violation> violations = new ArrayList<>();
        assertThatThrownBy(() -> upload.onTopOf(BASE, false)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo("INVALID_POLICY");
            violations.addAll(refusal.violations());
        });
        return violations;
    }

    private static PolicyFile file(String name, String text) {
        return new PolicyFile(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
