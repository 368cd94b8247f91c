package dev.relais.deploy.playbook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.relais.schemas.event.Usage;

/** Counts a request's tokens as the API would: four characters each, and what a breakpoint of the last five minutes covers is read. */
final class PromptCache {
    private static final long CHARACTERS = 4;
    private static final int SHORTEST = 1_024;
    private static final int LOOKBACK = 20;
    private static final int LARGEST = 50_000;
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final Map<String, Instant> written = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > LARGEST;
        }
    };

    static long tokens(JsonNode content) {
        return tokens(content.toString());
    }

    private static long tokens(String text) {
        return (text.length() + CHARACTERS - 1) / CHARACTERS;
    }

    /** A request's usage but for the output, and the cache as it leaves it. */
    Usage count(JsonNode request, Instant now) {
        return count(blocks(request), now);
    }

    private synchronized Usage count(List<Block> blocks, Instant now) {
        var total = blocks.isEmpty() ? 0 : blocks.getLast().end();
        var last = blocks.stream().filter(block -> block.isBreakpoint() && block.end() >= SHORTEST).mapToLong(Block::end).max()
                .orElse(0);
        var read = read(blocks, now);
        blocks.stream().filter(block -> block.isBreakpoint() && block.end() >= SHORTEST)
                .forEach(block -> written.put(block.prefix(), now));
        return new Usage(total - last, last - read, read, 0);
    }

    private long read(List<Block> blocks, Instant now) {
        for (var at = blocks.size() - 1; at >= 0; at--) {
            if (!blocks.get(at).isBreakpoint()) {
                continue;
            }
            for (var back = at; back >= Math.max(0, at - LOOKBACK); back--) {
                var when = written.get(blocks.get(back).prefix());
                if (when != null && when.plus(KEPT).isAfter(now)) {
                    return blocks.get(back).end();
                }
            }
        }
        return 0;
    }

    private static List<Block> blocks(JsonNode request) {
        var blocks = new ArrayList<Block>();
        request.path("tools").forEach(tool -> add(blocks, "tool", tool));
        each(request.path("system")).forEach(block -> add(blocks, "system", block));
        request.path("messages").forEach(message -> each(message.path("content"))
                .forEach(block -> add(blocks, message.path("role").asText(), block)));
        return blocks;
    }

    private static Iterable<JsonNode> each(JsonNode content) {
        return content.isTextual() ? List.of(JsonNodeFactory.instance.objectNode().set("text", content)) : content;
    }

    private static void add(List<Block> blocks, String role, JsonNode block) {
        var bare = Fingerprint.withoutBreakpoints(block).toString();
        var before = blocks.isEmpty() ? new Block("", 0, false) : blocks.getLast();
        blocks.add(new Block(Fingerprint.of(before.prefix(), role, bare), before.end() + tokens(bare),
                block.has("cache_control")));
    }

    /**
     * @param prefix hash of all up to here
     * @param end tokens up to here
     */
    private record Block(String prefix, long end, boolean isBreakpoint) {}
}
