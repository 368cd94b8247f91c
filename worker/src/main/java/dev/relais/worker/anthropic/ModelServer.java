package dev.relais.worker.anthropic;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the model is and how it is called.
 *
 * @param apiKey never written anywhere
 * @param baseUrl without {@code /v1}
 * @param concurrency calls in flight at a time, for which connections are kept
 * @param silence how long a server may send nothing, pings included, before the call counts as lost
 */
public record ModelServer(String apiKey, URI baseUrl, int concurrency, Duration silence) {
    public static final String OFFICIAL = "https://api.anthropic.com";

    /** Servers on this machine ask for no key, and the client for any. */
    private static final String NO_KEY = "none";

    private static final Duration SILENCE = Duration.ofMinutes(5);

    /** @throws IllegalArgumentException for a base URL that is none; the message says what to set */
    public static ModelServer of(Optional<String> apiKey, Optional<String> baseUrl, int concurrency) {
        return new ModelServer(apiKey.orElse(NO_KEY), uri(baseUrl.orElse(OFFICIAL)), concurrency, SILENCE);
    }

    private static URI uri(String text) {
        try {
            var uri = new URI(text.strip().replaceFirst("(/v1)?/*$", ""));
            if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().startsWith("http")) {
                throw notUrl(text);
            }
            return uri;
        } catch (URISyntaxException _) {
            throw notUrl(text);
        }
    }

    private static IllegalArgumentException notUrl(String text) {
        return new IllegalArgumentException(
                "ANTHROPIC_BASE_URL is \"" + text + "\"; it must be a URL like " + OFFICIAL + " or http://localhost:11434");
    }

    /** Text of a server or a client, free of the key whatever they echo. */
    String withoutKey(String text) {
        return apiKey.equals(NO_KEY) ? text : text.replace(apiKey, "***");
    }

    @Override
    public String toString() {
        return "ModelServer[apiKey=***, baseUrl=" + baseUrl + ", concurrency=" + concurrency + ", silence=" + silence + "]";
    }
}
