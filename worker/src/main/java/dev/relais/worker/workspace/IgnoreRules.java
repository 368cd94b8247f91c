package dev.relais.worker.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/** What the {@code .gitignore} files from the workspace's top down to a directory say. Files of the model's: a broken or huge one says nothing. */
public final class IgnoreRules {
    private static final long LARGEST = 1 << 20;
    private static final String FILE = ".gitignore";

    private final @Nullable IgnoreRules above;
    private final String prefix;
    private final IgnoreNode node;

    private IgnoreRules(@Nullable IgnoreRules above, String prefix, IgnoreNode node) {
        this.above = above;
        this.prefix = prefix;
        this.node = node;
    }

    /** Those of the top alone. */
    public static IgnoreRules at(Path root) throws IOException {
        return new IgnoreRules(null, "", read(root));
    }

    /**
     * Those that hold in a directory.
     *
     * @param relative from the top, '/' between names
     */
    public IgnoreRules in(Path directory, String relative) throws IOException {
        IgnoreNode own = read(directory);
        return own.getRules().isEmpty() ? this : new IgnoreRules(this, relative + "/", own);
    }

    /** @param relative from the top, '/' between names, in the directory that these rules are of or below */
    public boolean isIgnored(String relative, boolean isDirectory) {
        for (IgnoreRules rules = this; rules != null; rules = rules.above) {
            Boolean said = rules.node.checkIgnored(relative.substring(rules.prefix.length()), isDirectory);
            if (said != null) {
                return said;
            }
        }
        return false;
    }

    private static IgnoreNode read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        var node = new IgnoreNode();
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(file) && Files.size(file) <= LARGEST) {
            try (InputStream content = Files.newInputStream(file)) {
                node.parse(content);
            }
        }
        return node;
    }
}
