package dev.relais.worker.policy;

import java.util.Locale;
import java.util.Set;

import com.google.re2j.Pattern;

/** What stands in a secret's place without being one: a placeholder, an interpolation, the password of a database on the developer's own machine. */
final class PlaceholderRule {
    private static final Pattern INTERPOLATED = Pattern
            .compile("\\$\\{|\\$\\(|\\{\\{|<[^>]*>|%[({sv]|#\\{|^\\$[A-Za-z_]|^\\{[A-Za-z_.]+\\}$|^%[A-Z_]+%$");
    private static final Pattern WORDS = Pattern.compile(
            "(?i)your|votre|ton[-_]|ta[-_]|change|remplac|replace|example|exemple|placeholder|dummy|fake|sample|redacted|todo|fixme|xxx|\\*\\*\\*"
                    + "|\\.\\.\\.|…|insert|secret[-_]?here|not[-_]?a[-_]?secret|lorem|to[-_]be|a[-_]?definir|a[-_]?remplir|generate|set[-_]?me|undefined|none|null");
    private static final Set<String> OF_DEVELOPERS = Set.of("postgres", "password", "passwd", "pass", "secret", "root", "admin",
            "test", "dev", "guest", "user", "mysql", "mongo", "redis", "rabbitmq", "pwd", "app", "local", "db", "minioadmin",
            "toor", "motdepasse", "api", "mot_de_passe", "mdp");
    private static final int RUN = 4;

    private PlaceholderRule() {}

    static boolean isPlaceholder(String value) {
        String text = value.strip();
        String lower = text.toLowerCase(Locale.ROOT);
        return text.isEmpty() || OF_DEVELOPERS.contains(lower) || INTERPOLATED.matcher(text).find() || WORDS.matcher(text).find()
                || Entropy.hasRun(text, RUN);
    }

    /** @param host of the connection; a single word is a service of the same compose file */
    static boolean isRealPassword(String user, String password, String host) {
        if (isPlaceholder(password) || password.length() < 3) {
            return false;
        }
        boolean isLocal = !host.contains(".") || host.startsWith("127.") || host.equals("0.0.0.0") || host.endsWith(".local")
                || host.startsWith("host.docker.");
        boolean isOfDevelopers = password.equalsIgnoreCase(user) || password.equals(user + "_password")
                || isPlain(password);
        return !(isLocal && isOfDevelopers) && !host.contains("example.");
    }

    /** A word or two, as developers type them: {@code dev-password}, {@code shop123}. */
    static boolean isPlain(String password) {
        String letters = password.toLowerCase(Locale.ROOT).replaceAll("[0-9_-]", "");
        return OF_DEVELOPERS.stream().anyMatch(word -> word.length() > 2 && letters.contains(word));
    }
}
