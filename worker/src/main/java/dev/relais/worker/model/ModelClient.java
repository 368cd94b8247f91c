package dev.relais.worker.model;

/** A model as a worker holds it: asked by its runs, probed while it refuses, closed at the end. */
public interface ModelClient extends Model, ModelProbe, AutoCloseable {
    @Override
    void close();
}
