package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Obligation;
import io.leeway.policy.OutcomeLimits.Fault;
import io.leeway.policy.OutcomeLimits.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edges of what an outcome may ask for; that cells and DRL are held to it is tested with them. */
class OutcomeLimitsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sample        | 0            |
            sample        | 0.10         |
            sample        | 1.00         |
            sample        | 1.01         | OUT_OF_RANGE
            sample        | -0.01        | OUT_OF_RANGE
            sample        | 10 %         | WRONG_TYPE
            sample        | 1e-1         | WRONG_TYPE
            reversal-plan | PT72H        |
            reversal-plan | P3650D       |
            reversal-plan | P3651D       | BAD_DURATION
            reversal-plan | PT0S         | BAD_DURATION
            reversal-plan | 72 h         | BAD_DURATION
            notify        | finance-ops  |
            notify        | ''           | WRONG_TYPE
            ' notify'     | finance-ops  | WRONG_TYPE
            """)
    void anObligationHasTheValueThatItsTypeWants(String type, String value, @Nullable Fault fault) {
        assertThat(fault(OutcomeLimits.problemWith(new Obligation(type, value))))
                .isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            leads | 1    |
            leads | 100  |
            leads | 2.0  |
            leads | 101  | OUT_OF_RANGE
            leads | 0    | OUT_OF_RANGE
            leads | -1   | OUT_OF_RANGE
            leads | 1.5  | WRONG_TYPE
            leads | two  | WRONG_TYPE
            ''    | 1    | WRONG_TYPE
            """)
    void approversAreOneToAHundredOfAGroup(String group, String people, @Nullable Fault fault) {
        assertThat(fault(OutcomeLimits.problemWithApprovers(group, people))).isEqualTo(fault);
    }

    private static @Nullable Fault fault(@Nullable Problem problem) {
        return problem == null ? null : problem.fault();
    }
}
