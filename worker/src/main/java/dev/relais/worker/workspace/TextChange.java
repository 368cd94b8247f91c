package dev.relais.worker.workspace;

/**
 * A file that a task changed, with its text before and after: empty where the file is not there.
 *
 * @param change added, modified, deleted
 * @param content {@link Content#TEXT} only where both texts are given
 */
public record TextChange(String path, String change, Content content, String before, String after) {
    public static final String ADDED = "added";
    public static final String DELETED = "deleted";

    /** Why a file's texts are given, or not. */
    public enum Content {
        TEXT,
        BINARY,
        /** Too large to look at. */
        LARGE
    }

    static TextChange without(String path, String change, Content why) {
        return new TextChange(path, change, why, "", "");
    }
}
