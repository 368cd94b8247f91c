package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Finds secrets in what a change adds: known token formats, private keys, connection strings with a password, values of names that mean a secret, and
 * strings of high entropy beside words that mean one. Every pattern runs in linear time. What the file held before is not the persona's doing, and no finding.
 */
public final class SecretRule {
    private static final Pattern KEY_BEGINS = Pattern.compile("-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----");
    private static final Pattern KEY_BODY = Pattern.compile("[A-Za-z0-9+/]{40,}");
    private static final int KEY_LOOK = 12;
    private static final Pattern CONNECTION = Pattern
            .compile("\\b[a-z][a-z0-9+.-]*://([^\\s/:@'\"`]*):([^\\s/@'\"`]+)@([^\\s/:'\"`?]+)");
    /** A line beyond this is data: a bundle, an image. It is looked at in pieces, so that a token in it is still found. */
    private static final int LONGEST_LINE = 20_000;

    private SecretRule() {}

    /** @param before the file's text before the change; empty where it is new */
    public static List<Secret> added(String path, String before, String after) {
        return scan(path, after, LineDiff.known(before));
    }

    public static List<Secret> scan(String path, String text) {
        return scan(path, text, new HashMap<>());
    }

    private static List<Secret> scan(String path, String text, Map<String, Integer> known) {
        FilePlace place = FilePlace.of(path);
        boolean isSettings = FilePlace.isSettings(path);
        List<String> lines = text.lines().toList();
        var found = new LinkedHashSet<Secret>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (LineDiff.take(known, line)) {
                continue;
            }
            List<String> kinds = holdsPrivateKey(lines, i) ? List.of("private-key") : kinds(line, place, isSettings);
            for (String kind : kinds) {
                found.add(new Secret(path, i + 1, kind));
            }
        }
        return List.copyOf(found);
    }

    private static List<String> kinds(String line, FilePlace place, boolean isSettings) {
        var kinds = new ArrayList<String>();
        for (int at = 0; at < line.length(); at += LONGEST_LINE / 2) {
            String piece = line.substring(at, Math.min(line.length(), at + LONGEST_LINE));
            kinds.addAll(TokenFormat.in(piece));
            if (kinds.isEmpty() && place != FilePlace.GENERATED) {
                kinds.addAll(named(piece, place, isSettings));
            }
            if (at + LONGEST_LINE >= line.length()) {
                break;
            }
        }
        return kinds;
    }

    private static List<String> named(String line, FilePlace place, boolean isSettings) {
        Matcher connection = CONNECTION.matcher(line);
        while (connection.find()) {
            if (PlaceholderRule.isRealPassword(connection.group(1), connection.group(2), connection.group(3))) {
                return List.of("password-in-connection-string");
            }
        }
        return place == FilePlace.EXAMPLE ? NamedSecretRule.inExample(line) : NamedSecretRule.in(line, place, isSettings);
    }

    private static boolean holdsPrivateKey(List<String> lines, int at) {
        Matcher begins = KEY_BEGINS.matcher(lines.get(at));
        if (!begins.find()) {
            return false;
        }
        var following = new StringBuilder(lines.get(at).substring(begins.end()).replace("\\n", "\n"));
        for (int i = at + 1; i < Math.min(lines.size(), at + KEY_LOOK); i++) {
            following.append('\n').append(lines.get(i));
        }
        return KEY_BODY.matcher(following).find();
    }
}
