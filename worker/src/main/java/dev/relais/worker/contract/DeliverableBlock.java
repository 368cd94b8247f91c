package dev.relais.worker.contract;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The block that ends a reply, as far as it could be read. In a {@link ContractRule.Kept} nothing but {@code reason} is null.
 *
 * @param type what was produced; null where the block does not say
 * @param files paths within the workspace, each once, in the block's order; empty for "Aucun" and where the block has no such field
 * @param status null where the block names none, or leaves open which
 * @param reason why it is pending or blocked, or null where it does not say
 * @param summary null where the block has none
 * @param raw the block as it was written, from its first line to its last; what a deliverable's digest covers
 */
public record DeliverableBlock(@Nullable String type, List<String> files, @Nullable Status status, @Nullable String reason,
        @Nullable String summary, String raw) {
    public DeliverableBlock {
        files = List.copyOf(files);
    }

    public enum Status {
        COMPLETED,
        PENDING,
        BLOCKED
    }
}
