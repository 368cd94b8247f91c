package dev.relais.worker.sandbox;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OneLineTest {
    @Test
    void whatATerminalObeysIsShownInstead() {
        assertThat(OneLine.of("bwrap: é\n\u001b[2J\u202ered\u0007\n")).isEqualTo("bwrap: é \\u{1B}[2J\\u{202E}red\\u{7}");
    }

    @Test
    void longTextIsCut() {
        assertThat(OneLine.of("x".repeat(OneLine.MOST))).hasSize(OneLine.MOST);
        assertThat(OneLine.of("x".repeat(8 << 20))).isEqualTo("x".repeat(OneLine.MOST) + " …");
    }
}
