package dev.relais.worker.anthropic;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which headers a server is sent. */
enum Profile {
    /** The Anthropic API. */
    OFFICIAL,
    /** Any other server that speaks the Messages API: some read only one of the two keys (Ollama's cloud and vLLM the bearer's). */
    COMPATIBLE;

    /** The later version changes defaults; the one that all servers know is asked for explicitly. */
    private static final String VERSION = "2023-06-01";

    static Profile of(URI baseUrl) {
        return "api.anthropic.com".equalsIgnoreCase(baseUrl.getHost()) ? OFFICIAL : COMPATIBLE;
    }

    Map<String, String> headers(String apiKey) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("anthropic-version", VERSION);
        headers.put("x-api-key", apiKey);
        if (this == COMPATIBLE) {
            headers.put("Authorization", "Bearer " + apiKey);
        }
        return headers;
    }
}
