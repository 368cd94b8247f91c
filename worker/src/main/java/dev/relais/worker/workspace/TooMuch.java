package dev.relais.worker.workspace;

/** A workspace that has grown beyond what is kept of one. The message is for the model, and for who set the limit. */
final class TooMuch extends Exception {
    private static final long serialVersionUID = 1L;

    private TooMuch(String message) {
        super(message);
    }

    static TooMuch bytes(long bytes, Quota quota, String largest) {
        return new TooMuch("the workspace holds " + Quota.mebibytes(bytes) + ", its quota is " + Quota.mebibytes(quota.bytes())
                + " (RELAIS_WORKSPACE_QUOTA)" + largest);
    }

    static TooMuch entries(long entries, Quota quota, String largest) {
        return new TooMuch("the workspace holds " + entries + " files and directories, at most " + quota.entries() + " are kept"
                + largest);
    }

    static TooMuch deep() {
        return new TooMuch("the workspace holds directories that are nested too deep: a path may have at most "
                + Stats.LONGEST_PATH + " bytes in all");
    }
}
