package dev.relais.worker.contract;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.Phrase;

/**
 * Whether a reply keeps the persona's display protocol: the banner first, the deliverable block last, its four fields readable. In mode 1 the request for
 * validation belongs to it too, but its absence breaks nothing: the coordinator asks for the verdict whatever the reply says
 * (docs/0003-absent-validation-request.md).
 */
public final class ContractRule {
    /** Whoever chooses no mode has this one. */
    private static final int EVERY_DELIVERABLE = 1;

    private ContractRule() {}

    public sealed interface Check {
        /** The block as far as it could be read; empty where there is none. */
        default Optional<DeliverableBlock> readBlock() {
            return switch (this) {
                case Kept kept -> Optional.of(kept.block());
                case Broken broken -> Optional.ofNullable(broken.partial());
            };
        }
    }

    /** @param notes for the deliverable's evidence: what was looked at, and what is unusual without breaking anything */
    public record Kept(DeliverableBlock block, List<String> notes) implements Check {
        public Kept {
            notes = List.copyOf(notes);
        }
    }

    /**
     * @param missing in the reply's order
     * @param repairText what to say to the persona, in its language: what is missing, and the form
     * @param partial the block as far as it could be read, or null where there is none
     */
    public record Broken(List<ContractPart> missing, String repairText, @Nullable DeliverableBlock partial) implements Check {
        public Broken {
            missing = List.copyOf(missing);
        }
    }

    /** @param reply the text of the final reply */
    public static Check check(String reply, Persona persona, int mode) {
        return check(List.of(reply), persona, mode);
    }

    /**
     * A reply whose tools run between its first and its last words comes in several texts.
     *
     * @param texts what the persona said since it last heard anybody, in order: the banner opens the first that is not blank, or the last; the block is in
     *     the last
     */
    public static Check check(List<String> texts, Persona persona, int mode) {
        List<String> said = texts.stream().filter(text -> !text.isBlank()).toList();
        String last = said.isEmpty() ? "" : said.getLast();
        BlockReader.Found found = BlockReader.read(last);
        Set<ContractPart> missing = EnumSet.noneOf(ContractPart.class);
        missing.addAll(found.missing());
        boolean isOpened = !said.isEmpty()
                && (Banner.opens(said.getFirst(), persona.banner()) || Banner.opens(last, persona.banner()));
        if (!isOpened) {
            missing.add(ContractPart.BANNER);
        }
        DeliverableBlock block = found.block();
        if (block == null || !missing.isEmpty()) {
            return new Broken(List.copyOf(missing), repairText(missing, persona, mode), block);
        }
        return new Kept(block, notes(last, block, mode));
    }

    private static List<String> notes(String reply, DeliverableBlock block, int mode) {
        var notes = new ArrayList<String>();
        notes.add("contract: banner and deliverable block are in place");
        if (mode == EVERY_DELIVERABLE && !asks(reply)) {
            notes.add("contract: mode 1, but the reply does not ask for validation");
        }
        if (block.status() == DeliverableBlock.Status.BLOCKED && block.reason() == null) {
            notes.add("contract: blocked without a reason");
        }
        return notes;
    }

    private static boolean asks(String reply) {
        return reply.lines().map(Plain::words)
                .anyMatch(line -> line.contains("validation requise") || line.contains("validation required"));
    }

    private static String repairText(Set<ContractPart> missing, Persona persona, int mode) {
        Language language = persona.language();
        var text = new StringBuilder(language.say(Phrase.REPAIR)).append('\n');
        missing.forEach(part -> text.append("- ").append(language.say(part.phrase())).append('\n'));
        text.append('\n').append(language.say(Phrase.REPAIR_ONLY)).append('\n');
        form(text, language.say(Phrase.REPAIR_BANNER), persona.banner());
        form(text, language.say(Phrase.REPAIR_BLOCK), persona.blockForm());
        if (mode == EVERY_DELIVERABLE) {
            form(text, language.say(Phrase.REPAIR_VALIDATION), persona.validationRequest());
        }
        return text.toString();
    }

    private static void form(StringBuilder text, String words, String form) {
        text.append('\n').append(words).append('\n').append(form).append('\n');
    }
}
