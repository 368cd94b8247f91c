package dev.relais.schemas.wire;

import java.util.Locale;
import java.util.Map;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** How a record carries its event. */
enum ContentMode {
    /** Attributes in headers, data in the value. */
    BINARY,
    /** The whole event in the value, as the content type says. */
    STRUCTURED,
    /** Nothing says anything, as when {@code kcat} pipes a line: the value alone must tell. */
    BARE;

    private static final String CONTENT_TYPE = "content-type";

    /** @param attributes found among the headers */
    static ContentMode of(Headers headers, Map<String, String> attributes) throws MalformedException {
        String mediaType = mediaType(headers);
        if (mediaType.equals("application/cloudevents+json")) {
            return STRUCTURED;
        }
        if (mediaType.startsWith("application/cloudevents")) {
            throw new MalformedException("headers-lie", "content-type " + mediaType
                    + " cannot be read; send application/cloudevents+json, one event a record", CONTENT_TYPE);
        }
        if (!mediaType.isEmpty() && !isJson(mediaType)) {
            throw new MalformedException("headers-lie",
                    "content-type " + mediaType + " is not JSON; send the data as JSON and say application/json", CONTENT_TYPE);
        }
        return attributes.isEmpty() ? BARE : BINARY;
    }

    static boolean isJson(String mediaType) {
        return mediaType.equals("application/json") || mediaType.equals("text/json") || mediaType.endsWith("+json");
    }

    /** Without parameters, in lower case. */
    static String mediaType(String text) {
        int parameters = text.indexOf(';');
        return (parameters < 0 ? text : text.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private static String mediaType(Headers headers) throws MalformedException {
        Header header = headers.lastHeader(CONTENT_TYPE);
        return header == null || header.value() == null ? "" : mediaType(Context.text(CONTENT_TYPE, header.value()));
    }
}
