package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RememberedTest {
    private final List<String> read = new ArrayList<>();
    private final Remembered<Integer> lengths = new Remembered<>(text -> {
        read.add(text);
        return text.length();
    });

    @Test
    void theSameTextIsReadOnce() {
        assertThat(lengths.of("persona")).isEqualTo(7);
        assertThat(lengths.of(new String("persona".toCharArray()))).isEqualTo(7);

        assertThat(read).containsExactly("persona");
    }

    @Test
    void anotherTextIsReadForItself() {
        assertThat(lengths.of("one")).isEqualTo(3);
        assertThat(lengths.of("three")).isEqualTo(5);
        assertThat(lengths.of("one")).isEqualTo(3);
    }
}
