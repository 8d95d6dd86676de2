package io.tokenwarden.auth.connection;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tokenwarden.contracts.Condition;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

@Converter
class ConditionsColumn implements AttributeConverter<List<Condition>, String> {
  private static final TypeReference<List<Condition>> TYPE = new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(List<Condition> conditions) {
    return JsonColumn.write(conditions);
  }

  @Override
  public List<Condition> convertToEntityAttribute(String column) {
    return JsonColumn.read(column, TYPE);
  }
}
