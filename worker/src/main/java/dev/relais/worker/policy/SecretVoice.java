package dev.relais.worker.policy;

import java.util.List;
import java.util.stream.Collectors;

/** What is said of secrets in a diff: places and kinds. */
public final class SecretVoice {
    private static final int MOST = 20;

    private SecretVoice() {}

    /** To the persona, in its language. */
    public static String french(List<Secret> secrets) {
        return "Le livrable contient ce qui ressemble à des secrets en dur :\n"
                + secrets.stream().limit(MOST).map(secret -> "- " + secret.place() + " (" + secret.kind() + ")\n")
                        .collect(Collectors.joining())
                + "\nRien ne sera publié tant qu'ils y sont. Lis ces valeurs dans l'environnement, nomme les variables dans .env.example avec un"
                + " texte de remplacement, retire les fichiers qui n'ont pas à être livrés, puis rends une réponse complète, de la bannière"
                + " au bloc livrable.";
    }

    /** To people. */
    public static String detail(List<Secret> secrets) {
        return "the deliverable still holds what looks like secrets, after the persona was told: " + secrets.stream().limit(MOST)
                .map(secret -> secret.place() + " (" + secret.kind() + ")").collect(Collectors.joining(", "));
    }
}
