package dev.relais.coordinator.validation;

import dev.relais.schemas.event.DeliverablePublished;

/** When a deliverable may be used (DESIGN.md 4): by mode, and never at once where it is pending or blocked. */
public final class ModeRule {
    private ModeRule() {}

    /** What releases a deliverable. */
    public enum Release {
        AT_ONCE,
        AFTER_VERDICT,
        AFTER_ANSWER
    }

    /** @param mode 1 every deliverable waits for an ok; 2 all automatic; 3 key steps only, and a specialised agent's is none; any other is as careful as 1 */
    public static Release release(int mode, String statusVerified) {
        return switch (statusVerified) {
            case DeliverablePublished.PENDING, DeliverablePublished.BLOCKED -> Release.AFTER_ANSWER;
            default -> mode == 2 || mode == 3 ? Release.AT_ONCE : Release.AFTER_VERDICT;
        };
    }
}
