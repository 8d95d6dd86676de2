package io.tokenwarden.auth.connection;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

@Converter
class ScopesColumn implements AttributeConverter<List<String>, String> {
  private static final TypeReference<List<String>> TYPE = new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(List<String> scopes) {
    return JsonColumn.write(scopes);
  }

  @Override
  public List<String> convertToEntityAttribute(String column) {
    return JsonColumn.read(column, TYPE);
  }
}
