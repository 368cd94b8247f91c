package dev.relais.deploy.playbook;

import java.util.List;

/** The scripts under {@code src/main/resources/playbooks}. */
public final class ShippedPlaybooks {
    /** Their names; {@code sample} is the demo's. */
    public static final List<String> NAMES = List.of("sample", "one-turn", "escalate", "rounds", "slow-tools", "broken-contract",
            "blocked",
            "pending", "faults");

    private ShippedPlaybooks() {}
}
