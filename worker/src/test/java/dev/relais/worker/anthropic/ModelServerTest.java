package dev.relais.worker.anthropic;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ModelServerTest {
    private static final Optional<String> KEY = Optional.of("sk-ant-secret");

    @Test
    void officialServerGetsTheKeyInOneHeader() {
        var server = ModelServer.of(KEY, Optional.empty(), 1);

        assertThat(Profile.of(server.baseUrl()).headers(server.apiKey()))
                .containsOnlyKeys("anthropic-version", "x-api-key").containsEntry("anthropic-version", "2023-06-01");
    }

    @Test
    void otherServersGetItInBoth() {
        var server = ModelServer.of(KEY, Optional.of("http://localhost:11434"), 1);

        assertThat(Profile.of(server.baseUrl()).headers(server.apiKey()))
                .containsEntry("x-api-key", "sk-ant-secret").containsEntry("Authorization", "Bearer sk-ant-secret");
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:11434/v1, http://localhost:11434", "https://gateway/anthropic/, https://gateway/anthropic",
            "https://api.anthropic.com/v1/, https://api.anthropic.com"})
    void trailingVersionIsTakenOffTheBaseUrl(String given, String url) {
        assertThat(ModelServer.of(KEY, Optional.of(given), 1).baseUrl()).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:11434", "not a url", "ftp://host", ""})
    void whatIsNoUrlIsRefusedWithAnExample(String given) {
        assertThatThrownBy(() -> ModelServer.of(KEY, Optional.of(given), 1)).hasMessageContaining("ANTHROPIC_BASE_URL")
                .hasMessageContaining("https://");
    }

    @Test
    void i10_keyIsNotInItsText() {
        var server = ModelServer.of(KEY, Optional.empty(), 1);

        assertThat(server.toString()).doesNotContain("sk-ant-secret");
        assertThat(server.withoutKey("bad key sk-ant-secret!")).isEqualTo("bad key ***!");
    }
}
