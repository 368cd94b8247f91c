package dev.relais.worker.contract;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Finds the last deliverable block of a reply, in one pass over its lines. */
final class BlockReader {
    /** A block without its first line is one only if it has this many of its four fields. */
    private static final int UNMISTAKABLE = 3;

    private @Nullable Draft last;
    private @Nullable Draft current;

    private BlockReader() {}

    /** @param missing what of BLOCK, TYPE, FILES, STATUS, SUMMARY is not there; BLOCK alone where there is nothing at all */
    record Found(@Nullable DeliverableBlock block, Set<ContractPart> missing) {
        Found {
            missing = missing.isEmpty() ? Set.of() : EnumSet.copyOf(missing);
        }
    }

    static Found read(String reply) {
        var reader = new BlockReader();
        reply.lines().forEach(reader::line);
        reader.keep();
        return reader.last == null ? new Found(null, Set.of(ContractPart.BLOCK)) : reader.last.found();
    }

    private void line(String line) {
        if (BlockField.isHead(line)) {
            keep();
            current = new Draft(true, line);
            return;
        }
        Draft draft = current;
        Optional<BlockField> field = BlockField.begunBy(line, draft != null && draft.isHeaded);
        if (field.isEmpty()) {
            if (draft != null) {
                draft.goOn(line);
            }
        } else if (draft != null && !(draft.isFull() && field.get().part() == ContractPart.TYPE)) {
            draft.begin(field.get(), line);
        } else if (field.get().part() == ContractPart.TYPE) {
            keep();
            current = new Draft(false, line);
            current.begin(field.get(), "");
        }
    }

    private void keep() {
        if (current != null && current.counts()) {
            last = current;
        }
        current = null;
    }

    /** A block that is being read. */
    private static final class Draft {
        private final boolean isHeaded;
        private final Map<ContractPart, List<String>> fields = new EnumMap<>(ContractPart.class);
        private final StringBuilder raw;
        /** Lines since the last that belongs to the block for sure. */
        private final StringBuilder between = new StringBuilder();
        private @Nullable ContractPart open;
        private boolean hasGap;
        private boolean isOver;

        Draft(boolean isHeaded, String firstLine) {
            this.isHeaded = isHeaded;
            this.raw = new StringBuilder(firstLine);
        }

        boolean isFull() {
            return fields.size() == 4;
        }

        boolean counts() {
            return fields.size() >= (isHeaded ? 1 : UNMISTAKABLE);
        }

        void begin(BlockField field, String line) {
            if (isOver || fields.containsKey(field.part())) {
                goOn(line);
                return;
            }
            open = field.part();
            hasGap = false;
            var values = new ArrayList<String>();
            values.add(field.value());
            fields.put(field.part(), values);
            if (!line.isEmpty()) {
                belongs(line);
            }
        }

        void goOn(String line) {
            if (isOver) {
                return;
            }
            between.append('\n').append(line);
            if (Plain.isFence(line) || Plain.isRule(line)) {
                frame();
            } else if (line.isBlank()) {
                hasGap = true;
            } else if (isAfterwards(line)) {
                isOver = true;
            } else if (open != null && goesOn(open, line)) {
                fields.getOrDefault(open, new ArrayList<>()).add(line);
                hasGap = false;
                belongs("");
            } else {
                open = null;
            }
        }

        /** The rule below the first line and an opening fence stand before the fields; a later one ends what is open. */
        private void frame() {
            if (open != null) {
                open = null;
                belongs("");
            }
        }

        private boolean goesOn(ContractPart part, String line) {
            boolean isEmpty = fields.getOrDefault(part, List.of()).stream().allMatch(String::isBlank);
            return isEmpty || !hasGap || (part == ContractPart.FILES && Plain.isListed(line));
        }

        private static boolean isAfterwards(String line) {
            return line.contains("✋") || Plain.words(line).startsWith("validation requise");
        }

        private void belongs(String line) {
            raw.append(between);
            between.setLength(0);
            if (!line.isEmpty()) {
                raw.append('\n').append(line);
            }
        }

        Found found() {
            var missing = EnumSet.noneOf(ContractPart.class);
            if (!isHeaded) {
                missing.add(ContractPart.BLOCK);
            }
            String type = text(ContractPart.TYPE, missing);
            String summary = text(ContractPart.SUMMARY, missing);
            List<String> files = FileList.of(fields.getOrDefault(ContractPart.FILES, List.of()));
            if (files.isEmpty() && !FileList.saysNone(fields.getOrDefault(ContractPart.FILES, List.of()))) {
                missing.add(ContractPart.FILES);
            }
            StatusText status = StatusText.of(String.join(" ", fields.getOrDefault(ContractPart.STATUS, List.of())));
            if (status.status() == null) {
                missing.add(ContractPart.STATUS);
            }
            return new Found(new DeliverableBlock(type, files, status.status(), status.reason(), summary, raw.toString()),
                    missing);
        }

        private @Nullable String text(ContractPart part, Set<ContractPart> missing) {
            List<String> lines = fields.getOrDefault(part, List.of()).stream().map(Plain::unmarked)
                    .filter(line -> !line.isEmpty()).toList();
            String text = String.join(" ", lines);
            boolean isForm = text.startsWith("{") && text.endsWith("}");
            if (text.isEmpty() || isForm) {
                missing.add(part);
                return null;
            }
            return text;
        }
    }
}
