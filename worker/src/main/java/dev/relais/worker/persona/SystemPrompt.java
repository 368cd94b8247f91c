package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;

import dev.relais.worker.workspace.Workspace;

/** The persona's system text and, below it, what it must know of the place where it works. The same for every task: the frozen prefix of the cache. */
public final class SystemPrompt {
    /** The tool by which a persona asks another agent; every persona has it. */
    private static final String ESCALATE = "Escalate";

    private SystemPrompt() {}

    public static String of(Persona persona) {
        return persona.systemText().strip() + "\n\n" + surroundings(persona);
    }

    private static String surroundings(Persona persona) {
        var tools = new ArrayList<>(persona.tools());
        tools.add(ESCALATE);
        var lines = new ArrayList<String>();
        lines.add("## Environnement d'exécution");
        lines.add("- Espace de travail : " + Workspace.SEEN_AS
                + ". Tout chemin de fichier est sous ce répertoire ; rien d'autre n'est lisible ni modifiable.");
        lines.add("- Outils disponibles : " + String.join(", ", tools) + ".");
        if (persona.tools().contains("Bash")) {
            lines.add(
                    "- Chaque commande Bash est un processus à part : ni répertoire courant ni variable ne passent à la suivante. "
                            + "Aucun processus en arrière-plan : tout ce qu'une commande a lancé s'arrête avec elle.");
        }
        if (!persona.commands().isEmpty()) {
            lines.add("- Bash n'exécute que ce qui correspond à : " + String.join(" ; ", persona.commands())
                    + " (« * » vaut pour toute suite de mots). Chaque partie d'une commande composée doit y correspondre.");
        }
        lines.add("- Personne ne lit pendant que tu travailles et personne ne répond à une question posée dans le texte : "
                + "ce qui manque se demande par " + ESCALATE + ", ou se dit dans le statut du bloc livrable.");
        lines.addAll(escalation(persona.routes()));
        lines.add(
                "- La bannière ouvre ta réponse finale, le bloc livrable la termine. Les fichiers y sont nommés par leur chemin depuis "
                        + Workspace.SEEN_AS + ".");
        return String.join("\n", lines) + "\n";
    }

    private static List<String> escalation(RouteTable routes) {
        String when = routes.rows().isEmpty()
                ? "- Quand une décision n'est pas la tienne, appelle l'outil " + ESCALATE
                        + " en nommant dans « to » l'agent concerné."
                : "- Quand une situation de ton tableau d'escalade se présente, appelle l'outil " + ESCALATE
                        + " : « situation » reprend la ligne du tableau, et le message part vers tous les agents qu'elle nomme.";
        return List.of(when,
                "- Une escalade porte quatre points, tous obligatoires : « done » (ce qui est fait), « obstacle » (le blocage précis), "
                        + "« options » (chacune avec ses compromis), « files » (les fichiers concernés, liste vide s'il n'y en a pas). "
                        + "Une seule escalade à la fois ; le travail reprend à la réponse.");
    }
}
