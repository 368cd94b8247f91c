package dev.relais.worker.run;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.schemas.wire.Json;

/**
 * Cuts a deliverable to what a {@code concluded} entry may hold: 900 KiB of JSON (rule 1). Measured, not estimated: quotes and line ends grow when they
 * are written as JSON.
 */
final class Fitting {
    static final int MOST = 900 * 1024;
    /** Of the whole, for the files: each is two short fields and a path. */
    private static final int MOST_FILES = 300 * 1024;
    private static final int MOST_FIELD = 20 * 1024;
    private static final String NOTICE = "\n[… cut: the whole text is the last reply in the task's journal]";

    private Fitting() {}

    static DeliverablePublished cut(DeliverablePublished whole) {
        if (size(whole) <= MOST) {
            return whole;
        }
        DeliverablePublished fewer = withFiles(brief(whole));
        int left = MOST - size(with(fewer, fewer.files(), "", fewer.evidence()));
        return with(fewer, fewer.files(), shortened(fewer.text(), left), fewer.evidence());
    }

    /** Type and summary are parts of the text, and as long as the persona likes. */
    private static DeliverablePublished brief(DeliverablePublished one) {
        return new DeliverablePublished(one.taskId(), one.agent(), one.round(), brief(one.type()), one.files(),
                one.statusClaimed(), one.statusVerified(), brief(one.summary()), one.text(), one.evidence(), one.repository(),
                one.branch(), one.commit(), one.digest(), one.usage(), one.costUsd(), one.turns(), one.duration(), one.model(),
                one.persona());
    }

    private static @Nullable String brief(@Nullable String field) {
        return field == null ? null : shortened(field, MOST_FIELD);
    }

    /** Leaves out the files that would not fit, and says so. */
    private static DeliverablePublished withFiles(DeliverablePublished whole) {
        var kept = new ArrayList<DeliveredFile>();
        int room = MOST_FILES;
        for (DeliveredFile file : whole.files()) {
            room -= size(file) + 1;
            if (room < 0) {
                break;
            }
            kept.add(file);
        }
        int missing = whole.files().size() - kept.size();
        if (missing == 0) {
            return whole;
        }
        var evidence = new ArrayList<>(whole.evidence());
        evidence.add("files: " + missing + " more are left out here; the branch has them");
        return with(whole, kept, whole.text(), evidence);
    }

    /** @param room in bytes of JSON, for the text and the notice that it was cut */
    private static String shortened(String text, int room) {
        if (size(text) <= room) {
            return text;
        }
        int low = 0;
        int high = text.length();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (size(text.substring(0, middle) + NOTICE) <= room) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        boolean splitsPair = low > 0 && Character.isHighSurrogate(text.charAt(low - 1));
        return text.substring(0, splitsPair ? low - 1 : low) + NOTICE;
    }

    private static DeliverablePublished with(DeliverablePublished one, List<DeliveredFile> files, String text,
            List<String> evidence) {
        return new DeliverablePublished(one.taskId(), one.agent(), one.round(), one.type(), files, one.statusClaimed(),
                one.statusVerified(), one.summary(), text, evidence, one.repository(), one.branch(), one.commit(), one.digest(),
                one.usage(), one.costUsd(), one.turns(), one.duration(), one.model(), one.persona());
    }

    private static int size(Object value) {
        try {
            return Json.mapper().writeValueAsBytes(value).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a deliverable cannot be written as JSON", e);
        }
    }
}
