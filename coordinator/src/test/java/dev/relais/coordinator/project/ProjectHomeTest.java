package dev.relais.coordinator.project;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.coordinator.project.ProjectHome.Opening;
import dev.relais.schemas.event.ProjectAsked;
import dev.relais.schemas.event.ProjectOpened;
import dev.relais.schemas.event.ProjectTold;
import dev.relais.schemas.event.TaskId;

import static org.assertj.core.api.Assertions.assertThat;

final class ProjectHomeTest {
    private static final ProjectAsked QUESTION = new ProjectAsked("shop", new TaskId("t1"), 4);

    @Test
    void openedProjectTellsItsMode() {
        assertThat(ProjectHome.open(new ProjectOpened("shop", 3, "ann")))
                .isEqualTo(new Opening.Opened(new ProjectHome("shop", 3)));
        assertThat(ProjectHome.answer(new ProjectHome("shop", 3), QUESTION))
                .isEqualTo(new ProjectTold("shop", new TaskId("t1"), 3, 4));
    }

    @Test
    void unopenedProjectMeansModeOne() {
        assertThat(ProjectHome.answer(null, QUESTION).mode()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4})
    void modeThatDoesNotExistOpensNothing(int mode) {
        assertThat(ProjectHome.open(new ProjectOpened("shop", mode, null))).isInstanceOfSatisfying(Opening.Refused.class,
                refused -> assertThat(refused.where()).isEqualTo("/mode"));
    }
}
