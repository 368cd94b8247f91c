package dev.relais.schemas.wire;

import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** One JSON object that holds attributes and data: CloudEvents' JSON format. */
record StructuredEvent(Context context, JsonNode data) {
    private static final Set<String> DATA = Set.of("data", "data_base64");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

    /** Whether a value means to be a whole event, correct or not. */
    static boolean isMeant(JsonNode value) {
        return value.isObject()
                && (value.has(Context.SPEC_VERSION)
                        || (value.has(Context.TYPE) && (value.has("data") || value.has("data_base64"))));
    }

    /** @param beside attributes among the record's headers: they may repeat the event's, never contradict them */
    static StructuredEvent of(JsonNode value, Map<String, String> beside) throws MalformedException {
        if (!isMeant(value)) {
            throw new MalformedException("headers-lie", "content-type announces a structured event, but the value is none: "
                    + "a JSON object with specversion, id, source, type and data", "content-type");
        }
        var texts = new TreeMap<String, String>();
        for (var field : value.properties()) {
            if (!DATA.contains(field.getKey()) && !field.getValue().isNull()) {
                texts.put(field.getKey(), text(field.getKey(), field.getValue()));
            }
        }
        agree(texts, beside);
        return new StructuredEvent(Context.ofFields(texts), data(value, texts));
    }

    private static String text(String name, JsonNode value) throws MalformedException {
        if (!NAME.matcher(name).matches()) {
            throw new MalformedException("invalid",
                    "/" + name
                            + ": a context attribute's name is lower-case letters and digits; do you mean to put it into \"data\"?",
                    "/" + name);
        }
        boolean isText = value.isTextual();
        if (!isText && (Context.CORE.contains(name) || (!value.isBoolean() && !value.isIntegralNumber()))) {
            throw new MalformedException("invalid",
                    "/" + name + " is no text; a context attribute is a text (an extension a number or boolean too)", "/" + name);
        }
        return value.asText();
    }

    private static void agree(Map<String, String> texts, Map<String, String> beside) throws MalformedException {
        for (var header : beside.entrySet()) {
            String said = texts.get(header.getKey());
            if (said != null && !said.equals(header.getValue())) {
                throw new MalformedException("headers-lie", "header ce_" + header.getKey() + " says \"" + header.getValue()
                        + "\" and the event says \"" + said + "\"", Context.HEADER + header.getKey());
            }
            if (said == null && !Context.CORE.contains(header.getKey())) {
                texts.put(header.getKey(), header.getValue());
            }
        }
    }

    private static JsonNode data(JsonNode value, Map<String, String> texts) throws MalformedException {
        String contentType = ContentMode.mediaType(texts.getOrDefault("datacontenttype", "application/json"));
        if (!ContentMode.isJson(contentType)) {
            throw new MalformedException("invalid", "/datacontenttype is " + contentType + "; data is JSON here",
                    "/datacontenttype");
        }
        JsonNode data = value.get("data");
        JsonNode encoded = value.get("data_base64");
        if (data != null && encoded != null) {
            throw new MalformedException("invalid", "/data_base64 stands beside /data; send one of them", "/data_base64");
        }
        if (encoded != null) {
            return StrictJson.tree(decoded(encoded));
        }
        if (data == null) {
            throw new MalformedException("invalid", "/data is missing", "/data");
        }
        return data;
    }

    private static byte[] decoded(JsonNode encoded) throws MalformedException {
        try {
            return Base64.getDecoder().decode(encoded.isTextual() ? encoded.textValue() : "?");
        } catch (IllegalArgumentException _) {
            throw new MalformedException("invalid", "/data_base64 is not base64", "/data_base64");
        }
    }
}
