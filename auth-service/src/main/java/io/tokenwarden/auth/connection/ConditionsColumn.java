package io.tokenwarden.auth.connection;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tokenwarden.contracts.Condition;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

@Converter
class ConditionsColumn implements AttributeConverter<Conditions, String> {
  private static final TypeReference<List<Condition>> TYPE = new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(Conditions conditions) {
    return conditions == null ? null : JsonColumn.write(conditions.list());
  }

  @Override
  public Conditions convertToEntityAttribute(String column) {
    return column == null ? null : new Conditions(JsonColumn.read(column, TYPE));
  }
}
