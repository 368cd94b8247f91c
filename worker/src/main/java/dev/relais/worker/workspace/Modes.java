package dev.relais.worker.workspace;

import java.util.ArrayList;
import java.util.List;

/** Which modes git would forget. Set-uid and set-gid bits of files are forgotten on purpose: a restored file may have another owner than the one that set them. */
final class Modes {
    private static final int USUAL_FILE = 0644;
    private static final int USUAL_PROGRAM = 0755;
    private static final int USUAL_DIRECTORY = 0755;
    private static final int KEPT_OF_FILES = 01777;

    private Modes() {}

    static boolean isUnusual(FileStat stat) {
        int bits = bits(stat);
        return stat.isDirectory() ? bits != USUAL_DIRECTORY : stat.isFile() && bits != USUAL_FILE && bits != USUAL_PROGRAM;
    }

    private static int bits(FileStat stat) {
        return stat.isFile() ? stat.permissions() & KEPT_OF_FILES : stat.permissions();
    }

    /** A directory stands before what is in it. */
    static List<Manifest.Mode> of(Indexed.Directory root) {
        var modes = new ArrayList<Manifest.Mode>();
        collect(root, "", modes);
        return modes;
    }

    private static void collect(Indexed.Directory directory, String path, List<Manifest.Mode> modes) {
        if (!directory.hasModes()) {
            return;
        }
        if (isUnusual(directory.stat())) {
            modes.add(new Manifest.Mode(bits(directory.stat()), path));
        }
        for (int i = 0; i < directory.size(); i++) {
            String below = path.isEmpty() ? directory.name(i) : path + "/" + directory.name(i);
            switch (directory.child(i)) {
                case Indexed.Directory child -> collect(child, below, modes);
                case Indexed.Leaf leaf when isUnusual(leaf.stat()) -> modes.add(new Manifest.Mode(bits(leaf.stat()), below));
                case Indexed.Leaf _ -> {
                }
            }
        }
    }
}
