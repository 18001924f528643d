import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RecordingsModule } from '../recordings/recordings.module.js';
import { StandardModule } from '../standard/standard.module.js';
import { evaluationEntity, evaluationRevisionEntity } from './evaluation.entity.js';
import { EvaluationRecords } from './evaluation-records.js';
import { EvaluationsService } from './evaluations.service.js';
import { QualityController } from './quality.controller.js';
import { qualityFormEntity } from './quality-form.entity.js';
import { QualityForms } from './quality-forms.js';
import { ResultPublisher } from './result-publisher.js';
import { ResultsController } from './results.controller.js';
import { ResultsService } from './results.service.js';
import { ReviewCases } from './review-cases.js';
import { ReviewQueue } from './review-queue.js';
import { ReviewsService } from './reviews.service.js';

/** Quality: handlings judged from their evidence, scored by inspectors, shown to their agents. */
@Module({
  imports: [
    TypeOrmModule.forFeature([qualityFormEntity, evaluationEntity, evaluationRevisionEntity]),
    StandardModule,
    RecordingsModule,
  ],
  controllers: [ResultsController, QualityController],
  providers: [
    QualityForms,
    EvaluationRecords,
    ReviewCases,
    ReviewQueue,
    EvaluationsService,
    ReviewsService,
    ResultsService,
    ResultPublisher,
  ],
})
export class QualityModule {}
