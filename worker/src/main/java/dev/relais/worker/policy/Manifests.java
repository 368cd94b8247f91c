package dev.relais.worker.policy;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** What a manifest of dependencies names. Versions do not count: raising one is no new choice. */
final class Manifests {
    private static final Pattern FILES = Pattern
            .compile("(?:^|/)(?:package\\.json|requirements[^/]*\\.txt|pyproject\\.toml|pipfile|setup\\.(?:py|cfg)|pom\\.xml"
                    + "|build\\.gradle(?:\\.kts)?|go\\.mod|gemfile|cargo\\.toml|composer\\.json|[^/]+\\.csproj)$");
    private static final Pattern NAME = Pattern.compile("@?[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._/-]*)?");

    private Manifests() {}

    static boolean isOne(String path) {
        return FILES.matcher(path.toLowerCase(Locale.ROOT)).find();
    }

    /** Names that stand in the text after and not in the one before. */
    static Set<String> fresh(String before, String after) {
        Set<String> fresh = names(after);
        fresh.removeAll(names(before));
        return fresh;
    }

    private static Set<String> names(String text) {
        var names = new LinkedHashSet<String>();
        text.toLowerCase(Locale.ROOT).lines().filter(line -> !line.strip().startsWith("#")).forEach(line -> {
            Matcher match = NAME.matcher(line);
            while (match.find()) {
                names.add(match.group());
            }
        });
        return names;
    }
}
