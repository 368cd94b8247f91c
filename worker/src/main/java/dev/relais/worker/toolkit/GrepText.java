package dev.relais.worker.toolkit;

import java.util.List;

import dev.relais.worker.search.Hits;
import dev.relais.worker.search.Query.Mode;

/** What a Grep tells the model. */
record GrepText(Mode mode, boolean ofOneFile) {
    /** @param offset entries to skip */
    String text(Hits hits, int offset) {
        var text = new StringBuilder();
        List<String> kept = hits.kept();
        if (hits.entries() == 0) {
            text.append(mode == Mode.FILES ? "No files found" : "No matches found");
        } else if (offset >= hits.entries()) {
            text.append("No entries at this offset: there are ").append(hits.entries()).append(".");
        } else {
            List<String> shown = kept.subList(Math.min(offset, kept.size()), kept.size());
            text.append(heading(hits)).append(String.join("\n", shown)).append(total(hits));
            if (offset > 0 || kept.size() < hits.entries()) {
                text.append("\n\n[Showing entries ").append(offset + 1).append("-").append(offset + shown.size()).append(" of ")
                        .append(hits.entries()).append("; go on with offset ").append(offset + shown.size()).append("]");
            }
        }
        hits.notices().forEach(notice -> text.append("\n(").append(notice).append(")"));
        if (hits.binaries() > 0 && (ofOneFile || hits.entries() == 0)) {
            text.append(ofOneFile
                    ? "\n(The file is binary and was not searched.)"
                    : "\n(" + hits.binaries() + (hits.binaries() == 1 ? " binary file was" : " binary files were")
                            + " left out.)");
        }
        if (hits.isLate()) {
            text.append("\n(The search took too long and was ended: the results are incomplete. Use a more specific path, glob or"
                    + " pattern.)");
        }
        return text.toString();
    }

    private String heading(Hits hits) {
        return mode == Mode.FILES ? "Found " + hits.entries() + (hits.entries() == 1 ? " file\n" : " files\n") : "";
    }

    private String total(Hits hits) {
        return mode != Mode.COUNT
                ? ""
                : "\n\nFound " + hits.matches() + " total " + (hits.matches() == 1 ? "occurrence" : "occurrences") + " across "
                        + hits.files() + (hits.files() == 1 ? " file." : " files.");
    }
}
