package dev.relais.deploy.bench;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CpuCourseTest {
    private static CpuCourse course() {
        var course = new CpuCourse();
        course.add(1_000, Duration.ofMillis(10));
        course.add(1_100, Duration.ofMillis(50));
        course.add(1_300, Duration.ofMillis(60));
        return course;
    }

    @Test
    void betweenTwoLooksItIsWhatTheLineSays() {
        assertThat(course().at(1_025)).isEqualTo(Duration.ofMillis(20));
        assertThat(course().at(1_200)).isEqualTo(Duration.ofMillis(55));
    }

    @Test
    void atALookItIsWhatWasSeen() {
        assertThat(course().at(1_100)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void outsideOfTheLooksItIsTheNearest() {
        assertThat(course().at(10)).isEqualTo(Duration.ofMillis(10));
        assertThat(course().at(9_000)).isEqualTo(Duration.ofMillis(60));
    }

    @Test
    void nothingIsMadeUpWhereNobodyLooked() {
        assertThatThrownBy(() -> new CpuCourse().at(1)).isInstanceOf(IllegalStateException.class);
    }
}
