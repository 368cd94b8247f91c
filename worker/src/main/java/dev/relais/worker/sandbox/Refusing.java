package dev.relais.worker.sandbox;

/** Runs nothing: model output never runs unsandboxed unless the operator says so in as many words. */
public final class Refusing implements Sandbox {
    private final String reason;

    /** @param reason why there is no sandbox, and what the operator can do */
    public Refusing(String reason) {
        this.reason = reason;
    }

    /** @param why the walls do not stand, for the operator */
    public static Refusing because(String why) {
        return new Refusing("Bash is switched off on this worker: it has no sandbox, since " + why
                + ". An operator who accepts that commands run"
                + " unconfined, as the worker's own user, sets RELAIS_SANDBOX=none. Go on with the other tools, and say in the"
                + " deliverable what could not be run.");
    }

    @Override
    public Ended run(Command command) {
        return new Ended.Refused(reason);
    }
}
