package io.tokenwarden.sync.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tokenwarden.contracts.Condition;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.io.UncheckedIOException;
import java.util.List;

/// Causes as a JSON array in a text column.
@Converter
class CausesColumn implements AttributeConverter<List<Condition>, String> {
  private static final TypeReference<List<Condition>> TYPE = new TypeReference<>() {};
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  @Override
  public String convertToDatabaseColumn(List<Condition> causes) {
    try {
      return JSON.writeValueAsString(causes);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Writing causes", e);
    }
  }

  @Override
  public List<Condition> convertToEntityAttribute(String column) {
    try {
      return JSON.readValue(column, TYPE);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Reading causes", e);
    }
  }
}
