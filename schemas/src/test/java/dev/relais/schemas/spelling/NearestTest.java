package dev.relais.schemas.spelling;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class NearestTest {
    private static final List<String> KNOWN = List.of("request", "taskId", "workspace");

    @Test
    void misspeltWordMeansTheNearestOne() {
        assertThat(Nearest.suggestion("reqest", KNOWN)).isEqualTo("; did you mean \"request\"?");
    }

    @Test
    void caseAndHyphensAreNoDistance() {
        assertThat(Nearest.suggestion("task_id", KNOWN)).isEqualTo("; did you mean \"taskId\"?");
    }

    @Test
    void farWordIsToldWhatIsKnown() {
        assertThat(Nearest.suggestion("colour", KNOWN)).isEqualTo("; known here: request, taskId, workspace");
    }

    @Test
    void longListIsNotRecited() {
        assertThat(Nearest.suggestion("colour", Collections.nCopies(50, "workspace"))).isEmpty();
    }
}
