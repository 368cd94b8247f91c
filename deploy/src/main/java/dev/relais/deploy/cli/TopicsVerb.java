package dev.relais.deploy.cli;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import dev.relais.schemas.topic.TopicPlan;

/** The topics of the namespace. */
@Command(name = "topics", description = "Makes and lists the topics of the namespace.", subcommands = {TopicsVerb.Apply.class,
        TopicsVerb.Listing.class})
final class TopicsVerb {
    /** Applies the plan. */
    @Command(name = "apply", mixinStandardHelpOptions = true, description = "Creates the topics that are missing and mends settings that differ, those of the share groups too; removes nothing.", footer = {
            "%nExamples:",
            "  relais topics apply --bootstrap broker:9092"})
    static final class Apply implements Callable<Integer> {
        @Mixin
        private Connection connection = new Connection();
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            var screen = Screen.of(spec);
            var settings = connection.settings();
            var applied = Link.admin(settings, admin -> TopicPlan.of(settings).apply(admin));
            applied.created().forEach(name -> screen.line("created  " + name));
            applied.altered().forEach(name -> screen.line("mended   " + name));
            applied.conflicts().forEach(screen::remark);
            if (applied.created().isEmpty() && applied.altered().isEmpty() && applied.conflicts().isEmpty()) {
                screen.line("nothing to do: all is as planned");
            }
            return (applied.conflicts().isEmpty() ? ExitCode.OK : ExitCode.FAILED).value();
        }
    }

    /** Lists what is planned, and whether it is there. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the planned topics, and whether they exist.", footer = {
            "%nExamples:",
            "  relais topics list --json"})
    static final class Listing implements Callable<Integer> {
        @Mixin
        private Connection connection = new Connection();
        @Spec
        private CommandSpec spec = CommandSpec.create();
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            var screen = Screen.of(spec);
            var settings = connection.settings();
            var there = Link.admin(settings, admin -> admin.listTopics().names().get());
            var planned = TopicPlan.of(settings).topics();
            if (json) {
                screen.json(planned.stream().map(topic -> new Line(topic.name(), topic.partitions(), there.contains(topic.name()),
                        topic.settings())).toList());
            } else {
                screen.table(List.of("TOPIC", "PARTITIONS", "EXISTS", "SETTINGS"),
                        planned.stream().map(topic -> List.of(topic.name(), Integer.toString(topic.partitions()),
                                there.contains(topic.name()) ? "yes" : "no",
                                String.join(", ",
                                        new TreeSet<>(topic.settings().entrySet().stream().map(Object::toString).toList()))))
                                .toList());
            }
            boolean isComplete = planned.stream().allMatch(topic -> there.contains(topic.name()));
            return (isComplete ? ExitCode.OK : ExitCode.NOT_FOUND).value();
        }
    }

    /** A topic in JSON. */
    record Line(String name, int partitions, boolean exists, java.util.Map<String, String> settings) {
        Line {
            settings = java.util.Map.copyOf(settings);
        }
    }
}
