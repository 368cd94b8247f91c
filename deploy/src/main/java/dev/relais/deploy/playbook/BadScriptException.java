package dev.relais.deploy.playbook;

/** A script that cannot be played; the message names file, line and column, what is wrong there and what to write. */
public final class BadScriptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadScriptException(String message) {
        super(message);
    }
}
