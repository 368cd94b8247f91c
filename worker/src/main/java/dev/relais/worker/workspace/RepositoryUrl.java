package dev.relais.worker.workspace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which repositories a task may name. Requests come from anybody: no transport that runs a command ({@code ext::}), nothing that git would read
 * as an option, and no secret, which would end in events, logs and the workspace's own configuration.
 */
final class RepositoryUrl {
    private static final Pattern SHAPE = Pattern.compile("(file|https|ssh)://([^/?#]*)(/[^?#]*)?");
    private static final Pattern SCP = Pattern
            .compile("(?!(file|https?|ssh|git|ext|fd):)([A-Za-z0-9._-]+@)?[A-Za-z0-9][A-Za-z0-9._-]*:(?!:)[^?#]+");
    private static final Pattern SECRET = Pattern.compile("(?<=://)[^/\\s]*@");

    private RepositoryUrl() {}

    sealed interface Checked {
        record Allowed(String url) implements Checked {}

        /** @param reason without what was refused: it may be a secret */
        record Refused(String reason) implements Checked {}
    }

    static Checked check(String url) {
        if (url.startsWith("-") || url.chars().anyMatch(each -> each <= ' ' || each == 0x7F)) {
            return new Checked.Refused("the repository's URL is malformed");
        }
        Matcher parts = SHAPE.matcher(url);
        if (!parts.matches()) {
            return SCP.matcher(url).matches() && !url.contains("://")
                    ? new Checked.Allowed(url)
                    : new Checked.Refused("a repository is a URL of the form https://…, ssh://…, git@host:path or file:///…,"
                            + " without query");
        }
        String authority = parts.group(2);
        String user = authority.substring(0, Math.max(0, authority.lastIndexOf('@')));
        boolean secret = !user.isEmpty() && (!parts.group(1).equals("ssh") || user.contains(":"));
        if (secret) {
            return new Checked.Refused("the repository's URL carries credentials; give them to the worker's git (credential"
                    + " helper, SSH key), never to a task");
        }
        String host = authority.substring(user.isEmpty() ? 0 : user.length() + 1);
        boolean local = parts.group(1).equals("file");
        if (local != host.isEmpty() || host.startsWith("-")) {
            return new Checked.Refused("the repository's URL " + (local ? "must be file:///absolute/path" : "names no host"));
        }
        return new Checked.Allowed(url);
    }

    /** For logs and texts, whatever an operator wrote into a setting. */
    static String withoutSecrets(String text) {
        return SECRET.matcher(text).replaceAll("");
    }
}
