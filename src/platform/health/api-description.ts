import { Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

/** Holds the API's description, which can only be made once the whole application stands; made when first asked for. */
@Injectable()
export class ApiDescription {
  private make: (() => OpenAPIObject) | undefined;
  private made: OpenAPIObject | undefined;

  describeBy(make: () => OpenAPIObject): void {
    this.make = make;
  }

  document(): OpenAPIObject {
    if (!this.make) throw new Error('the API is described after the application was prepared');
    this.made ??= this.make();
    return this.made;
  }
}
