package dev.relais.deploy.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.relais.deploy.e2e.Topic.Message;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Final trees by their hash, held against the undisturbed run's. */
final class Trees {
    private final Work work;
    private final Map<Integer, String> undisturbed;

    private Trees(Work work, Map<Integer, String> undisturbed) {
        this.work = work;
        this.undisturbed = undisturbed;
    }

    /** @param deliverables of one task of each sort, while nothing was disturbed */
    static Trees undisturbed(Work work, Collection<Message> deliverables) throws IOException {
        var trees = new TreeMap<Integer, String>();
        treesOf(deliverables).forEach((task, tree) -> trees.put(work.sort(task), tree));
        assertThat(trees).as("a tree of each sort").hasSize(Work.SORTS);
        assertThat(trees.values()).as("sorts differ").doesNotHaveDuplicates();
        return new Trees(work, trees);
    }

    void equalTheUndisturbed(Collection<Message> deliverables) throws IOException {
        var differing = new TreeMap<String, String>();
        treesOf(deliverables).forEach((task, tree) -> {
            if (!tree.equals(undisturbed.get(work.sort(task)))) {
                differing.put(task, tree);
            }
        });
        assertThat(differing).as("I4: tasks whose tree differs from the undisturbed run's").isEmpty();
    }

    private static Map<String, String> treesOf(Collection<Message> deliverables) throws IOException {
        var trees = new TreeMap<String, String>();
        for (var each : deliverables.stream().collect(groupingBy(Trees::repository)).entrySet()) {
            List<Message> there = each.getValue();
            List<String> lines = git(each.getKey(),
                    there.stream().map(message -> message.data().path("commit").asText() + "^{tree}").toList());
            for (int i = 0; i < there.size(); i++) {
                trees.put(there.get(i).key(), lines.get(i));
            }
        }
        return trees;
    }

    private static String repository(Message delivered) {
        return delivered.data().path("repository").asText().replaceFirst("^file://", "");
    }

    private static List<String> git(String directory, List<String> revisions) throws IOException {
        var command = new ArrayList<>(List.of("git", "--git-dir=" + directory, "rev-parse"));
        command.addAll(revisions);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> lines = said.lines().toList();
        assertThat(lines).as("git's answer: %s", said).hasSameSizeAs(revisions);
        return lines;
    }
}
