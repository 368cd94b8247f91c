package dev.relais.worker.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.relais.worker.persona.Words;

/**
 * One of the statuses among which the deliverable block lets a persona choose.
 *
 * @param label as the block words it
 * @param status completed, pending or blocked, or unverified for a label that says none of them
 * @param meaning when it is to be chosen, as the file says it, or the empty text
 */
public record StatusForm(String label, String status, String meaning, String effect) {
    static List<StatusForm> of(String blockForm, Prose prose) {
        String choices = blockForm.lines().filter(StatusForm::isStatus).findFirst().orElse("");
        int colon = choices.indexOf(':');
        var forms = new ArrayList<StatusForm>();
        for (String label : choices.substring(colon + 1).split("\\|", -1)) {
            if (!label.isBlank()) {
                String status = status(label);
                forms.add(new StatusForm(label.strip(), status, meaning(status, prose), effect(status)));
            }
        }
        return List.copyOf(forms);
    }

    private static boolean isStatus(String line) {
        List<String> words = Words.of(line);
        return !words.isEmpty() && (words.getFirst().equals("statut") || words.getFirst().equals("status"));
    }

    private static String status(String label) {
        List<String> words = Words.of(label);
        if (words.contains("termine") || words.contains("completed") || words.contains("done")) {
            return "completed";
        }
        if (words.contains("attente") || words.contains("pending")) {
            return "pending";
        }
        boolean isBlocked = words.stream().anyMatch(word -> word.startsWith("bloqu") || word.startsWith("block"));
        return isBlocked ? "blocked" : "unverified";
    }

    private static String meaning(String status, Prose prose) {
        Optional<Prose.Point> point = prose.where(section -> section.isAbout(" statut", " status")).stream()
                .flatMap(section -> section.points().stream()).filter(each -> status(each.name()).equals(status)).findFirst();
        return point.map(Prose.Point::text).orElse("");
    }

    private static String effect(String status) {
        return switch (status) {
            case "completed" -> "published, after a verdict in mode 1";
            case "pending" -> "nothing is published; whoever it waits for is asked, and the answer opens the next round";
            case "blocked" -> "nothing is published; an escalation goes out by the table, and the answer opens the next round";
            default -> "published as unverified";
        };
    }
}
