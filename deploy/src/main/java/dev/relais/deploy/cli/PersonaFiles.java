package dev.relais.deploy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Persona files on a disk. */
final class PersonaFiles {
    private PersonaFiles() {}

    /** Files as they are named, and all Markdown files of a directory. */
    static List<Path> named(List<Path> paths) {
        var files = new ArrayList<Path>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                List<Path> within = within(path);
                if (within.isEmpty()) {
                    throw new Failure(ExitCode.NOT_FOUND, path + " holds no file that ends with .md");
                }
                files.addAll(within);
            } else {
                files.add(path);
            }
        }
        return files;
    }

    static byte[] bytes(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Failure(ExitCode.NOT_FOUND, file + " is no file");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Path> within(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(".md") && Files.isRegularFile(file)).sorted().toList();
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, directory + " cannot be read: " + e.getMessage(), e);
        }
    }
}
