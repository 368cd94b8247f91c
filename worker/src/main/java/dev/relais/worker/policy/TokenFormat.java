package dev.relais.worker.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** The formats by which issuers make their tokens known. What matches one is a secret wherever it stands. */
enum TokenFormat {
    AWS("aws-access-key", "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
    GITHUB("github-token", "\\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})"),
    GITLAB("gitlab-token", "\\bgl(?:pat|ptt|dt|rt)-[A-Za-z0-9_-]{20,}"),
    SLACK("slack-token", "\\bxox[abeprs]-[A-Za-z0-9-]{12,}"),
    SLACK_HOOK("slack-webhook", "hooks\\.slack\\.com/services/T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{16,}"),
    STRIPE("stripe-key", "\\b(?:[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{24,})"),
    GOOGLE("google-api-key", "\\bAIza[0-9A-Za-z_-]{35}"),
    GOOGLE_CLIENT("google-client-secret", "\\bGOCSPX-[A-Za-z0-9_-]{20,}"),
    ANTHROPIC("anthropic-key", "\\bsk-ant-[A-Za-z0-9_-]{20,}"),
    OPENAI("openai-key", "\\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{32,}"),
    SENDGRID("sendgrid-key", "\\bSG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}"),
    MAILGUN("mailgun-key", "\\bkey-[0-9a-f]{32}\\b"),
    TWILIO("twilio-key", "\\bSK[0-9a-f]{32}\\b"),
    NPM("npm-token", "\\bnpm_[A-Za-z0-9]{36}\\b"),
    PYPI("pypi-token", "\\bpypi-[A-Za-z0-9_-]{40,}"),
    HUGGING_FACE("hugging-face-token", "\\bhf_[A-Za-z0-9]{30,}\\b"),
    DIGITAL_OCEAN("digitalocean-token", "\\bdo[opr]_v1_[0-9a-f]{64}\\b"),
    TELEGRAM("telegram-token", "\\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}\\b"),
    JWT("signed-jwt", "\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{20,}"),
    BASIC("basic-credentials", "(?i)\\bbasic [A-Za-z0-9+/]{16,}={0,2}"),
    AZURE("azure-storage-key", "AccountKey=[A-Za-z0-9+/]{60,}={0,2}");

    private static final Pattern ANY = Pattern.compile(anyOf());
    /** Shorter runs of one character are in real tokens too. */
    private static final int RUN = 6;
    private static final Set<String> DOCUMENTED = Set.of("EXAMPLE", "XXXX", "****", "PLACEHOLDER", "YOUR_", "YOUR-", "DUMMY",
            "REDACTED", "CHANGEME");

    private final String code;
    private final Pattern pattern;

    TokenFormat(String code, String regex) {
        this.code = code;
        this.pattern = Pattern.compile(regex);
    }

    private static String anyOf() {
        var all = new ArrayList<String>();
        for (TokenFormat format : values()) {
            all.add("(?:" + format.pattern.pattern() + ")");
        }
        return String.join("|", all);
    }

    /** The kinds of tokens in a line. */
    static List<String> in(String line) {
        if (!ANY.matcher(line).find()) {
            return List.of();
        }
        var kinds = new ArrayList<String>();
        for (TokenFormat format : values()) {
            Matcher match = format.pattern.matcher(line);
            while (match.find()) {
                // An Anthropic key has OpenAI's form too.
                if (isReal(match.group()) && !(format == OPENAI && match.group().startsWith("sk-ant-"))) {
                    kinds.add(format.code);
                    break;
                }
            }
        }
        return kinds;
    }

    /** Manuals write tokens that are none. */
    private static boolean isReal(String token) {
        String upper = token.toUpperCase(Locale.ROOT);
        return DOCUMENTED.stream().noneMatch(upper::contains) && !Entropy.hasRun(token, RUN);
    }
}
