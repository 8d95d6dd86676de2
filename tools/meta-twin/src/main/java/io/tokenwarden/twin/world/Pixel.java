package io.tokenwarden.twin.world;

/// A pixel (dataset): what tells an ad account about conversions.
public record Pixel(String id, String name, boolean unavailable) {}
