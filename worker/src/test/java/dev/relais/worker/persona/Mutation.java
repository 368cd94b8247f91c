package dev.relais.worker.persona;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Files as accidents leave them, drawn from a seed. */
final class Mutation {
    private static final List<String> PIECES = List.of("---\n", "name: a\n", "description: b\n", "tools: ", "[", "]", "{", "}",
            "*", "&a ",
            ": ", "|\n", ">\n", "\t", "- ", "\"", "'", "%", "!!x ", "\n", "\r", "\r\n", "| a | b |\n",
            "| Situation | Escalade vers |\n", "```\n",
            "# Bannière\n", "\uFEFF", "\u0085", "\u0000", "é", "â”", "Ã©", "â€”", "ðŸ“¦", "ï»¿", "? ", "#", "<<: *a\n",
            "<example>", "</example>",
            "\\n", "Bash(npm test *), ", "(", ")", "✋ \"", "━━━", "    ", "tool: x\n", "────\n", "...\n", "~~~\n",
            "disallowedTools: *\n");

    private final Random random;
    private final List<byte[]> seeds;

    Mutation(Random random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = List.copyOf(seeds);
    }

    byte[] next() {
        byte[] file = seeds.get(random.nextInt(seeds.size()));
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            file = changed(file);
        }
        return file;
    }

    private byte[] changed(byte[] file) {
        int from = random.nextInt(file.length + 1);
        // Most of what matters stands at the top.
        int at = random.nextBoolean() ? Math.min(from, random.nextInt(400)) : from;
        int end = Math.min(file.length, at + random.nextInt(random.nextBoolean() ? 4 : 200));
        return switch (random.nextInt(9)) {
            case 0 -> joined(Arrays.copyOf(file, at), Arrays.copyOfRange(file, end, file.length));
            case 1 -> joined(Arrays.copyOf(file, end), Arrays.copyOfRange(file, at, file.length));
            case 2, 3, 4 -> joined(Arrays.copyOf(file, at), bytes(PIECES.get(random.nextInt(PIECES.size()))),
                    Arrays.copyOfRange(file, at, file.length));
            case 5 -> flipped(file, at);
            case 6 -> Arrays.copyOf(file, at);
            case 7 -> joined(Arrays.copyOf(file, at), tail(seeds.get(random.nextInt(seeds.size()))));
            default -> whole(file);
        };
    }

    private byte[] flipped(byte[] file, int at) {
        byte[] copy = file.clone();
        if (at < copy.length) {
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] tail(byte[] file) {
        return Arrays.copyOfRange(file, random.nextInt(file.length + 1), file.length);
    }

    private byte[] whole(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8);
        return bytes(switch (random.nextInt(5)) {
            case 0 -> text.replace("\n", "\r\n");
            case 1 -> text.indent(4);
            case 2 -> Damage.encodedTwice(text, "windows-1252");
            case 3 -> Damage.encodedTwice(text, "windows-1254");
            default -> text.replace("  ", "\t");
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
