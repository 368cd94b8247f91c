package dev.relais.worker.policy;

import java.util.Map;
import java.util.TreeMap;

/** Tokens of the issuers' forms that nobody issued, put together here so that no scanner of repositories takes a fixture for a leak. */
final class Forged {
    private static final String MIXED = "q7Rk2Vb9Xw4Zt8Ny5Hc3Jm6Ls1Df0GpK";
    private static final String HEX = "3f9a1c7e5b2d8046af13c9e7d5b20846";
    private static final Map<String, String> TOKENS = new TreeMap<>(Map.ofEntries(Map.entry("aws", "AKIA" + "Q3EGTRMV7YDNLW5C"),
            Map.entry("github", "ghp" + "_" + MIXED + "aB3d"), Map.entry("gitlab", "glpat" + "-" + MIXED.substring(0, 20)),
            Map.entry("slack", "xoxb" + "-2417395-" + MIXED), Map.entry("stripe", "sk" + "_live_" + MIXED.substring(0, 24)),
            Map.entry("stripetest", "sk" + "_test_" + MIXED.substring(0, 24)),
            Map.entry("google", "AIza" + "Sy" + MIXED + "x"), Map.entry("anthropic", "sk-" + "ant-api03-" + MIXED),
            Map.entry("openai", "sk-" + "proj-" + MIXED + "QwErTy12"),
            Map.entry("sendgrid", "SG." + MIXED.substring(0, 22) + "." + MIXED + "aB3dE5fG7h9"),
            Map.entry("npm", "npm" + "_" + MIXED + "aB3d"), Map.entry("telegram", "7310584926:AA" + MIXED + "x"),
            Map.entry("jwt", "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + MIXED), Map.entry("mixed", MIXED),
            Map.entry("hex", HEX), Map.entry("azure", "AccountKey=" + MIXED + MIXED + "=="),
            Map.entry("begin", "-----BEGIN " + "RSA PRIVATE KEY-----"), Map.entry("beginec", "-----BEGIN " + "PRIVATE KEY-----"),
            Map.entry("body", MIXED + MIXED)));

    private Forged() {}

    /** Puts tokens where {@code @[name]} stands. */
    static String in(String text) {
        String forged = text;
        for (Map.Entry<String, String> token : TOKENS.entrySet()) {
            forged = forged.replace("@[" + token.getKey() + "]", token.getValue());
        }
        return forged;
    }
}
