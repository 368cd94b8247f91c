package dev.relais.worker.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.relais.worker.persona.Words;

/** A field of the block, as a line begins it. */
record BlockField(ContractPart part, String value) {
    /** Longest label with its emphasis and remarks. */
    private static final int LABEL = 80;

    /** Words that a label may have besides its own. */
    private static final Set<String> BESIDE = Set.of("crees", "cree", "modifies", "modifie", "supprimes", "ajoutes", "et", "ou",
            "concernes", "touches",
            "livres", "du", "de", "la", "le", "livrable", "tache", "final", "global", "actuel", "produit", "files", "created",
            "modified");

    /**
     * @param isInBlock below the block's first line a label may also stand alone, in a table's first cell, or before a dash
     */
    static Optional<BlockField> begunBy(String line, boolean isInBlock) {
        String text = Plain.unmarked(line);
        if (isInBlock && text.startsWith("|")) {
            return inTable(text);
        }
        int colon = firstOf(text, ":：");
        if (colon >= 0) {
            Optional<BlockField> field = of(text.substring(0, colon), text.substring(colon + 1));
            if (field.isPresent() || !isInBlock) {
                return field;
            }
        }
        if (!isInBlock) {
            return Optional.empty();
        }
        int dash = firstOf(text, "—–=-");
        Optional<BlockField> dashed = dash < 0 ? Optional.empty() : of(text.substring(0, dash), text.substring(dash + 1));
        return dashed.isPresent() ? dashed : of(text, "");
    }

    private static Optional<BlockField> inTable(String row) {
        int bar = row.indexOf('|', 1);
        if (bar < 0) {
            return Optional.empty();
        }
        String rest = row.substring(bar + 1).strip();
        String value = rest.endsWith("|") ? rest.substring(0, rest.length() - 1) : rest;
        return of(row.substring(1, bar), value);
    }

    private static Optional<BlockField> of(String label, String value) {
        return label.length() > LABEL ? Optional.empty() : part(label).map(part -> new BlockField(part, Plain.value(value)));
    }

    private static Optional<ContractPart> part(String label) {
        int remark = label.indexOf('(');
        var words = new ArrayList<>(Words.of(remark < 0 ? label : label.substring(0, remark)));
        words.removeIf(word -> Character.isDigit(word.charAt(0)));
        boolean isLabel = !words.isEmpty() && BESIDE.containsAll(words.subList(1, words.size()));
        return isLabel ? named(words.getFirst()) : Optional.empty();
    }

    private static Optional<ContractPart> named(String word) {
        return switch (word) {
            case "type" -> Optional.of(ContractPart.TYPE);
            case "fichiers", "fichier", "files" -> Optional.of(ContractPart.FILES);
            case "statut", "status", "etat" -> Optional.of(ContractPart.STATUS);
            case "resume", "summary" -> Optional.of(ContractPart.SUMMARY);
            default -> Optional.empty();
        };
    }

    /** Whether the line is the block's first: 📦 LIVRABLE — name, the emoji or the name's line may be missing, not both. */
    static boolean isHead(String line) {
        String text = Plain.unmarked(line);
        if (text.length() > 2 * LABEL) {
            return false;
        }
        List<String> words = Words.of(text);
        boolean names = words.contains("livrable") || words.contains("deliverable");
        if (!names || words.size() > 12) {
            return false;
        }
        if (text.contains("📦")) {
            return true;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        String rest = upper.startsWith("LIVRABLE") ? text.substring("LIVRABLE".length()).strip() : "?";
        return text.equals("LIVRABLE") || (!rest.isEmpty() && "—–-".indexOf(rest.charAt(0)) >= 0);
    }

    private static int firstOf(String text, String marks) {
        for (int i = 0; i < Math.min(text.length(), LABEL); i++) {
            if (marks.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
