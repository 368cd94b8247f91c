package dev.relais.deploy.bench;

/** Whoever hears how the benchmark goes on. */
public interface Told {
    void progress(String what);

    void figure(Figure figure);
}
