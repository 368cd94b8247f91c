package dev.relais.deploy.cli;

import picocli.CommandLine.Command;

/** What persona files become. */
@Command(name = "persona", description = "Shows what a persona file becomes, and looks for what is wrong with it.", subcommands = {
        PersonaCompile.class, PersonaCheck.class})
final class PersonaVerb {}
