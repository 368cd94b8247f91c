package dev.relais.worker.policy;

import java.util.List;
import java.util.Locale;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** A value that a line gives to a name that means a secret, and a string of high entropy beside such a word. */
final class NamedSecretRule {
    private static final String KIND_PASSWORD = "password";
    private static final String KIND_KEY = "key-or-token";
    private static final String KIND_ENTROPY = "random-string-beside-a-secret-name";

    private static final String PASSWORD = "password|passwd|passphrase|pwd|mot_?de_?passe|motdepasse|mdp";
    private static final String KEY = "secret|token|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|master[_-]?key"
            + "|client[_-]?secret|credentials?|cle[_-]?api|auth[_-]?key|pepper";
    /** Name, then what assigns, then a value in quotes or, in settings, up to the end of the line. */
    private static final Pattern QUOTED = Pattern.compile("(?i)([A-Za-z0-9_.-]*(?:" + PASSWORD + "|" + KEY
            + ")[A-Za-z0-9_.-]*)[\"'`\\]]?\\s*(?::\\s*[A-Za-z<>\\[\\]]+\\s*=|=>|:=|\\?\\?=?|\\|\\||=|:|,\\s*default\\s*=|\\()\\s*"
            + "(?:process\\.env\\.[A-Za-z_]+\\s*(?:\\|\\||\\?\\?)\\s*|os\\.(?:getenv|environ\\.get)\\([^,)]*,\\s*)?[bru]?[\"'`]([^\"'`]{4,})[\"'`]");
    private static final Pattern BARE = Pattern
            .compile("(?i)^\\s*(?:-\\s*|export\\s+|ENV\\s+|ARG\\s+)?([A-Za-z0-9_.-]*(?:" + PASSWORD + "|" + KEY
                    + ")[A-Za-z0-9_.-]*)\\s*[=:]\\s*([^\\s\"'`#,;(){}\\[\\]]{6,})\\s*(?:#.*)?$");
    private static final Pattern CONTEXT = Pattern
            .compile("(?i)" + PASSWORD + "|" + KEY + "|bearer|authorization|\\bauth\\b|hmac|\\bkey\\b|\\bcle\\b|clé|\\bsalt\\b");
    private static final Pattern LONG_STRING = Pattern.compile("[A-Za-z0-9+/_=-]{24,}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]+|[0-9A-F]+");
    private static final Pattern NOT_SECRET = Pattern.compile(
            "(?i)integrity|sha-?(?:1|256|384|512)|checksum|digest|etag|commit|revision|uuid|public[_-]?key|fingerprint|publishable|hash\\b");
    /** What a name ends with where it names something about a secret: its field, its place, its life. */
    private static final Pattern ABOUT = Pattern
            .compile("(?i)(?:field|name|label|placeholder|path|file|url|uri|endpoint|type|kind|header|prefix|suffix"
                    + "|regex|pattern|policy|error|message|msg|hint|title|id|ttl|expiry|expires?(?:in|at)?|length|min|max|column|input|route|count|limit|rule|schema|dto|hash|ref|arn|algorithm|env|var|param|issuer|audience|text|description|key_?name|cookie|usage|invalid|required|reset|strength|format|_in|mode|store|provider|example|status|state|scheme|scope|event|topic|action)s?$");

    private static final double KEY_BITS = 3.0;
    private static final double HEX_BITS = 3.2;
    private static final double STRING_BITS = 4.2;
    private static final int LEAST_KEY = 12;
    private static final int LEAST_SECRET = 8;
    private static final int LEAST_PASSWORD = 6;
    private static final Pattern IS_PASSWORD = Pattern.compile("(?i)" + PASSWORD);

    private NamedSecretRule() {}

    /** @param isSettings whether the file assigns without quotes */
    static List<String> in(String line, FilePlace place, boolean isSettings) {
        if (place == FilePlace.PROSE) {
            return inExample(line);
        }
        List<String> quoted = in(QUOTED.matcher(line), place, false);
        if (!quoted.isEmpty()) {
            return quoted;
        }
        List<String> bare = isSettings ? in(BARE.matcher(line), place, true) : List.of();
        return bare.isEmpty() ? inExample(line) : bare;
    }

    private static List<String> in(Matcher match, FilePlace place, boolean isSettings) {
        while (match.find()) {
            String name = match.group(1);
            String value = match.group(2);
            if (ABOUT.matcher(name).find() || PlaceholderRule.isPlaceholder(value) || isElsewhere(value)) {
                continue;
            }
            if (IS_PASSWORD.matcher(name).find()) {
                boolean isPlain = isSettings && PlaceholderRule.isPlain(value);
                if (place != FilePlace.TEST && !isPlain && classes(value) >= 2 && value.length() >= LEAST_PASSWORD) {
                    return List.of(KIND_PASSWORD);
                }
            } else if (isKey(name, value, place)) {
                return List.of(KIND_KEY);
            }
        }
        return List.of();
    }

    /** Of an example environment, and of prose, only what cannot be a placeholder counts. */
    static List<String> inExample(String line) {
        return entropy(line) ? List.of(KIND_ENTROPY) : List.of();
    }

    private static boolean isKey(String name, String value, FilePlace place) {
        if (isReference(value) || classes(value) < 2) {
            return false;
        }
        if (place == FilePlace.TEST) {
            return looksRandom(value);
        }
        boolean isRandom = value.length() >= LEAST_KEY && Entropy.of(value) >= KEY_BITS;
        boolean isTyped = name.toLowerCase(Locale.ROOT).contains("secret") && value.length() >= LEAST_SECRET
                && !value.contains(".")
                && !value.contains("/");
        return isRandom || isTyped;
    }

    /** A sentence, or where the value is to be found. */
    private static boolean isElsewhere(String value) {
        boolean hasSpaces = value.strip().chars().anyMatch(Character::isWhitespace);
        return hasSpaces || value.startsWith("/") || value.startsWith("./") || value.startsWith("http") || value.startsWith("@");
    }

    /** A dotted or dashed name of words, as keys of settings and messages are: {@code auth.token.invalid}, {@code x-api-key}. */
    private static boolean isReference(String value) {
        return value.matches("[a-z]+([._:-][a-z]+)+|[A-Z]+(_[A-Z]+)+|[a-z]+([A-Z][a-z]+)+");
    }

    private static boolean entropy(String line) {
        if (!CONTEXT.matcher(line).find() || NOT_SECRET.matcher(line).find()) {
            return false;
        }
        Matcher match = LONG_STRING.matcher(line);
        while (match.find()) {
            if (looksRandom(match.group()) && !PlaceholderRule.isPlaceholder(match.group())) {
                return true;
            }
        }
        return false;
    }

    private static boolean looksRandom(String text) {
        if (text.length() < 24) {
            return false;
        }
        boolean isUuid = text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        if (HEX.matches(text)) {
            return text.length() >= 32 && Entropy.of(text) >= HEX_BITS;
        }
        boolean hasDigit = text.chars().anyMatch(Character::isDigit);
        return !isUuid && hasDigit && classes(text) >= 3 && Entropy.of(text) >= STRING_BITS
                && text.chars().filter(c -> c == '/').count() < 3;
    }

    /** Of lower case, upper case, digits and the rest. */
    private static int classes(String text) {
        boolean lower = text.chars().anyMatch(Character::isLowerCase);
        boolean upper = text.chars().anyMatch(Character::isUpperCase);
        boolean digit = text.chars().anyMatch(Character::isDigit);
        boolean other = text.chars().anyMatch(c -> !Character.isLetterOrDigit(c));
        return (lower ? 1 : 0) + (upper ? 1 : 0) + (digit ? 1 : 0) + (other ? 1 : 0);
    }
}
