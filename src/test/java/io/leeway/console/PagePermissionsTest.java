package io.leeway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.leeway.model.Actor;
import io.leeway.security.Permissions;
import io.leeway.security.Principal;
import io.leeway.security.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page says whom it is for, in terms of the one permission table. */
class PagePermissionsTest {
    static Stream<Method> pages() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.leeway.console").stream()
                        .map(JavaClass::reflect)
                        .filter(type -> type.isAnnotationPresent(Path.class))
                        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                        .filter(method ->
                                method.isAnnotationPresent(GET.class) || method.isAnnotationPresent(POST.class));
    }

    @Test
    void thereAreSome() {
        assertThat(pages()).hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void saysWhomItIsFor(Method page) {
        List<Class<? extends Annotation>> said = Stream.of(May.class, SignedIn.class, ForEverybody.class)
                .filter(page::isAnnotationPresent)
                .toList();
        assertThat(said).as(page.toString()).hasSize(1);
        May may = page.getAnnotation(May.class);
        if (may != null) {
            assertThat(Permissions.endpoints()).contains(ConsoleAccess.endpoint(may));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isOpenToWhomTheTableNamesAndNobodyElse(Method page) {
        May may = page.getAnnotation(May.class);
        for (Role role : Role.values()) {
            Principal principal =
                    new Principal("id", new Actor(Actor.LEEWAY, "somebody"), Set.of(role), Set.of(), Set.of());
            boolean expected = may == null || Permissions.allows(Set.of(role), ConsoleAccess.endpoint(may));
            assertThat(ConsoleAccess.isAllowed(page, principal))
                    .as(role + " at " + page)
                    .isEqualTo(expected);
        }
        assertThat(ConsoleAccess.isAllowed(page, null)).isEqualTo(page.isAnnotationPresent(ForEverybody.class));
    }

    @Test
    void methodThatSaysNothingIsForNobody() throws NoSuchMethodException {
        Principal everything =
                new Principal("id", new Actor(Actor.LEEWAY, "somebody"), Set.of(Role.values()), Set.of(), Set.of());
        assertThat(ConsoleAccess.isAllowed(Object.class.getMethod("toString"), everything))
                .isFalse();
    }
}
