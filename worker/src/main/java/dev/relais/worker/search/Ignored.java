package dev.relais.worker.search;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import dev.relais.worker.search.IgnoreFile.Said;

/**
 * What a directory's ignore files and those above it say, with ripgrep's order: a word of {@code .rgignore} counts before one of {@code .ignore}, that
 * before {@code .gitignore}, that before {@code .git/info/exclude}; of the same name, the nearest. What git ignores ends at a repository's top.
 */
final class Ignored {
    private final @Nullable Ignored above;
    private final int prefix;
    private final boolean isRepository;
    private final IgnoreFile rgignore;
    private final IgnoreFile ignore;
    private final IgnoreFile gitignore;
    private final IgnoreFile exclude;

    private Ignored(@Nullable Ignored above, Path directory, int prefix) {
        this.above = above;
        this.prefix = prefix;
        this.isRepository = Files.exists(directory.resolve(".git"), LinkOption.NOFOLLOW_LINKS);
        this.rgignore = IgnoreFile.read(directory.resolve(".rgignore"));
        this.ignore = IgnoreFile.read(directory.resolve(".ignore"));
        this.gitignore = IgnoreFile.read(directory.resolve(".gitignore"));
        this.exclude = isRepository ? IgnoreFile.read(directory.resolve(".git/info/exclude")) : IgnoreFile.NONE;
    }

    static Ignored at(Path root) {
        return new Ignored(null, root, 0);
    }

    /** @param path of the directory from the top, '/' between names */
    Ignored in(Path directory, String path) {
        return new Ignored(this, directory, path.length() + 1);
    }

    /** @param path from the top, of what lies in this directory */
    boolean isIgnored(String path, boolean isDirectory) {
        var said = new Said[]{Said.NOTHING, Said.NOTHING, Said.NOTHING, Said.NOTHING};
        boolean leftRepository = false;
        for (Ignored at = this; at != null; at = at.above) {
            if (at.isSilent()) {
                leftRepository |= at.isRepository;
                continue;
            }
            String below = path.substring(at.prefix);
            said[0] = said[0] == Said.NOTHING ? at.rgignore.says(below, isDirectory) : said[0];
            said[1] = said[1] == Said.NOTHING ? at.ignore.says(below, isDirectory) : said[1];
            if (!leftRepository) {
                said[2] = said[2] == Said.NOTHING ? at.gitignore.says(below, isDirectory) : said[2];
                said[3] = said[3] == Said.NOTHING ? at.exclude.says(below, isDirectory) : said[3];
            }
            leftRepository |= at.isRepository;
        }
        for (Said each : said) {
            if (each != Said.NOTHING) {
                return each == Said.IGNORED;
            }
        }
        return false;
    }

    private boolean isSilent() {
        return rgignore.rules().isEmpty() && ignore.rules().isEmpty() && gitignore.rules().isEmpty() && exclude.rules().isEmpty();
    }
}
