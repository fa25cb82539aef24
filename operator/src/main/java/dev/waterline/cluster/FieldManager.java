package dev.waterline.cluster;

/** Under which name the API server records our writes. It is part of the contract: others find our fields by it. */
public final class FieldManager {
    public static final String NAME = "waterline";

    private FieldManager() {}
}
