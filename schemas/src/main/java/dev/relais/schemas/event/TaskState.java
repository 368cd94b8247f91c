package dev.relais.schemas.event;

/** Task states, by their A2A names. */
public enum TaskState {
    SUBMITTED,
    WORKING,
    INPUT_REQUIRED,
    COMPLETED,
    FAILED,
    CANCELED,
    REJECTED;

    public boolean isTerminal() {
        return switch (this) {
            case SUBMITTED, WORKING, INPUT_REQUIRED -> false;
            case COMPLETED, FAILED, CANCELED, REJECTED -> true;
        };
    }
}
