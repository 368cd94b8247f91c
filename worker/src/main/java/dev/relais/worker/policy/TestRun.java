package dev.relais.worker.policy;

/**
 * The last command of the persona's that ran tests.
 *
 * @param changedSince whether a file was written after it
 */
public record TestRun(String command, boolean passed, boolean changedSince) {
    public TestRun changed() {
        return new TestRun(command, passed, true);
    }
}
