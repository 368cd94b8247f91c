package dev.relais.schemas.wire;

import java.io.IOException;
import java.math.BigDecimal;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import org.jspecify.annotations.Nullable;

/**
 * An outsider's JSON. Beyond the grammar it refuses what no two readers understand alike or what could not be written again: a field that
 * stands twice, text that is no Unicode, numbers beyond any use.
 */
final class StrictJson {
    private static final ObjectReader READER = Json.mapper().reader()
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** Digits before or after the point. */
    private static final int MOST_DIGITS = 60;

    private StrictJson() {}

    static JsonNode tree(byte[] bytes) throws MalformedException {
        try {
            JsonNode tree = READER.readTree(bytes);
            check(tree, JsonPointer.empty());
            return tree;
        } catch (MismatchedInputException e) {
            throw new MalformedException("invalid", sentence(e) + at(e.getLocation()), position(e.getLocation()));
        } catch (JsonProcessingException e) {
            throw notJson(e);
        } catch (IOException e) {
            throw new MalformedException("not-json", "the value is not JSON: " + e.getMessage(), null);
        }
    }

    private static void check(JsonNode node, JsonPointer at) throws MalformedException {
        if (node.isTextual()) {
            refuseBrokenText(node.textValue(), at);
        } else if (node.isBigDecimal()) {
            refuseHuge(node.decimalValue(), at);
        }
        for (var field : node.properties()) {
            refuseBrokenText(field.getKey(), at);
            check(field.getValue(), at.appendProperty(field.getKey()));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            check(node.get(i), at.appendIndex(i));
        }
    }

    private static void refuseBrokenText(String text, JsonPointer at) throws MalformedException {
        var lone = text.codePoints().filter(point -> Character.getType(point) == Character.SURROGATE).findFirst();
        if (lone.isPresent()) {
            throw new MalformedException("invalid",
                    "%s holds half a character (\\u%04x, a lone surrogate); was it cut?".formatted(at, lone.getAsInt()),
                    at.toString());
        }
    }

    private static void refuseHuge(BigDecimal number, JsonPointer at) throws MalformedException {
        if (Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            throw new MalformedException("invalid", at + " has more than " + MOST_DIGITS + " digits", at.toString());
        }
    }

    static MalformedException notJson(JsonProcessingException e) {
        return new MalformedException("not-json", "the value is not JSON: " + sentence(e) + at(e.getLocation()),
                position(e.getLocation()));
    }

    /** The first line of what the parser says: the rest names classes and sources. */
    static String sentence(JsonProcessingException e) {
        return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    }

    private static String at(@Nullable JsonLocation location) {
        String position = position(location);
        return position.isEmpty() ? "" : " (" + position + ")";
    }

    private static String position(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
